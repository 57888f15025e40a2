package twister.watch;

import java.util.Set;
import java.util.regex.Pattern;

/// Who may ask the server: a page of its own, in a browser of this machine, or of one that is
/// connected to it by `ssh -L`.
///
/// A page of somebody else can have a browser send requests here, and by DNS rebinding under a name
/// of its own. So the name of the host must be one that always means this machine, and what the
/// browser says of the origin of a request must fit.
final class Guard {
  private static final Pattern LOCAL =
      Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?");
  private static final Set<String> OWN_SITES = Set.of("", "same-origin", "none");

  private Guard() {}

  /// Why a request is refused; empty where it is not.
  static String problem(Exchange exchange) {
    String host = exchange.header("Host");
    if (!LOCAL.matcher(host).matches()) {
      return "the host is not this machine; open http://127.0.0.1 with the port that twister watch"
          + " prints";
    }
    if (exchange.has("Origin") && !exchange.header("Origin").equals("http://" + host)) {
      return "the request comes from another page";
    }
    return OWN_SITES.contains(exchange.header("Sec-Fetch-Site")) || isNavigation(exchange)
        ? ""
        : "the request comes from another page";
  }

  /// A link of another page may open this one, which tells that page nothing.
  private static boolean isNavigation(Exchange exchange) {
    return exchange.method().equals("GET")
        && exchange.rawPath().equals("/")
        && exchange.header("Sec-Fetch-Mode").equals("navigate")
        && exchange.header("Sec-Fetch-Dest").equals("document");
  }
}
