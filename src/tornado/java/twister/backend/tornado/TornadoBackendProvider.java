package twister.backend.tornado;

import twister.backend.BackendProvider;

/// Finds TornadoVM's devices, or says in a sentence why there are none.
public final class TornadoBackendProvider implements BackendProvider {
  private static final Availability AVAILABILITY = look();

  @Override
  public Availability availability() {
    return AVAILABILITY;
  }

  private static Availability look() {
    // Without it, TornadoVM runs a kernel that does not compile as plain Java, and says nothing.
    System.setProperty("tornado.recover.bailout", "False");
    // Which products it fuses with a sum depends on the order in which it meets them.
    System.setProperty("tornado.enable.fma", "False");
    try {
      return new Availability.Ready(new TornadoBackend());
    } catch (LinkageError e) {
      return new Availability.Missing(reason(e));
    } catch (RuntimeException e) {
      return new Availability.Missing(reason(e));
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof UnsatisfiedLinkError) {
      return "TornadoVM's native library does not load, " + message
          + "; an SDK with PTX needs NVIDIA's driver (libcuda)";
    }
    return "TornadoVM found no device: " + message;
  }
}
