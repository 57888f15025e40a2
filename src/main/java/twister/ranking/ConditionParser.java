package twister.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import twister.ranking.Condition.Relation;
import twister.ranking.ConditionTokens.Kind;
import twister.ranking.ConditionTokens.Token;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;
import twister.yaml.InvalidInputException;
import twister.yaml.NearestName;

/// Reads conditions by recursive descent:
///
///     condition  = all {"or" all}
///     all        = one {"and" one}
///     one        = "not" one | "(" condition ")" | column relation value
///     relation   = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"
///     value      = number | word | "'" letters "'" | '"' letters '"'
final class ConditionParser {
  /// How deep conditions may lie in each other, so that the stack lasts.
  private static final int DEEPEST = 200;

  private static final List<String> STATUSES =
      Stream.of(RunStatus.values()).map(RunStatus::word).toList();

  private static final String RELATIONS =
      Stream.of(Relation.values()).map(Relation::sign).collect(Collectors.joining(" "));

  private final ConditionTokens source;
  private final List<Token> tokens;
  private final RunsTable table;
  private final ColumnNames columns;
  private int at;
  private int depth;

  ConditionParser(String text, RunsTable table) throws InvalidInputException {
    this.table = table;
    source = new ConditionTokens(text);
    tokens = source.tokens();
    columns = new ColumnNames(table.columns());
  }

  /// The whole text as one condition.
  Condition condition() throws InvalidInputException {
    Condition condition = any();
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      throw mistake(token, "expected 'and', 'or' or the end, found " + token.found());
    }
    return condition;
  }

  private Condition any() throws InvalidInputException {
    List<Condition> conditions = new ArrayList<>(List.of(all()));
    while (tokens.get(at).isWord("or")) {
      at++;
      conditions.add(all());
    }
    return conditions.size() == 1 ? conditions.getFirst() : new Condition.Or(conditions);
  }

  private Condition all() throws InvalidInputException {
    List<Condition> conditions = new ArrayList<>(List.of(one()));
    while (tokens.get(at).isWord("and")) {
      at++;
      conditions.add(one());
    }
    return conditions.size() == 1 ? conditions.getFirst() : new Condition.And(conditions);
  }

  private Condition one() throws InvalidInputException {
    Token token = tokens.get(at);
    if (!token.isWord("not") && token.kind() != Kind.OPENING) {
      return comparison();
    }
    if (++depth > DEEPEST) {
      throw mistake(token, "more than %,d conditions lie in each other here".formatted(DEEPEST));
    }
    at++;
    Condition inner;
    if (token.kind() == Kind.OPENING) {
      inner = any();
      expectClosing(token);
    } else {
      inner = new Condition.Not(one());
    }
    depth--;
    return inner;
  }

  private void expectClosing(Token opening) throws InvalidInputException {
    Token token = tokens.get(at);
    if (token.kind() == Kind.END) {
      throw mistake(opening, "this parenthesis is never closed");
    }
    if (token.kind() != Kind.CLOSING) {
      throw mistake(token, "expected 'and', 'or' or ')', found " + token.found());
    }
    at++;
  }

  private Condition comparison() throws InvalidInputException {
    Token named = tokens.get(at);
    if (named.kind() != Kind.WORD && named.kind() != Kind.QUOTED) {
      throw mistake(named, "expected a column, found " + named.found());
    }
    Optional<String> column = columns.find(named.text());
    if (column.isEmpty()) {
      throw mistake(named, columns.refusal(named.text()));
    }
    at++;
    Relation relation = relation();
    return value(column.get(), relation, tokens.get(at++));
  }

  private Relation relation() throws InvalidInputException {
    Token token = tokens.get(at++);
    return Stream.of(Relation.values())
        .filter(relation -> token.kind() == Kind.SIGN && relation.sign().equals(token.text()))
        .findFirst()
        .orElseThrow(
            () ->
                mistake(token, "expected one of %s, found %s".formatted(RELATIONS, token.found())));
  }

  private Condition value(String column, Relation relation, Token token)
      throws InvalidInputException {
    if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
      throw mistake(token, "expected a number or a word, found " + token.found());
    }
    if (token.text().equals("NaN")) {
      throw mistake(token, "NaN is not equal to anything; ask for the status instead");
    }
    boolean isText = RunsTable.isText(column);
    boolean numeric = !isText && table.isNumeric(column);
    if (relation == Relation.CONTAINING && numeric) {
      throw mistake(token, "%s holds numbers, and ~ looks into text".formatted(column));
    }
    boolean isQuotedWord = token.kind() == Kind.QUOTED && !numeric;
    double number = isText || isQuotedWord ? Double.NaN : RunsTable.number(token.text());
    if (numeric && Double.isNaN(number)) {
      throw mistake(token, "%s holds numbers, found %s".formatted(column, token.found()));
    }
    if (column.equals("status")
        && relation != Relation.CONTAINING
        && !STATUSES.contains(token.text())) {
      String nearest =
          NearestName.of(token.text(), STATUSES).map(", did you mean %s?"::formatted).orElse("");
      throw mistake(
          token,
          "there is no status %s%s (statuses: %s)"
              .formatted(token.found(), nearest, String.join(", ", STATUSES)));
    }
    return new Condition.Comparison(column, relation, token.text(), number, isText);
  }

  private InvalidInputException mistake(Token token, String message) {
    return source.mistake(token.start(), message);
  }
}
