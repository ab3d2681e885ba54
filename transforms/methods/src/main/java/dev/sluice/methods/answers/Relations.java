package dev.sluice.methods.answers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Inequalities, memberships and, through {@link Equations}, equations. */
final class Relations {
  private static final List<String> SIGNS =
      List.of("\\le", "\\ge", "\\ne", "\\approx", "\\in", "\\equiv", "<", ">", "=");
  private static final Map<String, String> TURNED = Map.of(">", "<", "\\ge", "\\le");
  private static final Set<String> UPWARDS = Set.of("<", "\\le");
  private static final Set<String> DOWNWARDS = Set.of(">", "\\ge");
  private static final Set<String> EQUALITIES = Set.of("=", "\\approx");

  /** A variable, with what is below it and its arguments, or several in brackets. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:\\\\(?:mathrm|mathbf|bar|hat|vec|overline|tilde)\\s*\\{[A-Za-z]\\}|\\\\?[a-zA-Z]+)(?:_\\{?[a-zA-Z0-9]+\\}?)?'*(?:\\s*\\(\\s*[a-zA-Z](?:\\s*,\\s*[a-zA-Z])*\\s*\\))?|\\([a-z](?:\\s*,\\s*[a-z])*\\)");

  private Relations() {}

  /** Sides and the signs between them. */
  record Chain(List<String> sides, List<String> signs) {}

  private static Chain chain(String text) {
    List<String> sides = new ArrayList<>();
    List<String> signs = new ArrayList<>();
    int begin = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      depth += text.startsWith("\\begin", i) ? 1 : text.startsWith("\\end", i) ? -1 : 0;
      if (depth > 0) {
        continue;
      }
      for (String sign : SIGNS) {
        int end = i + sign.length();
        if (text.startsWith(sign, i)
            && !(sign.startsWith("\\")
                && end < text.length()
                && Character.isLetter(text.charAt(end)))) {
          sides.add(text.substring(begin, i).replace("\\mathbreak", " ").strip());
          signs.add(sign);
          begin = end;
          i = end - 1;
          break;
        }
      }
    }
    sides.add(text.substring(begin).replace("\\mathbreak", " ").strip());
    return new Chain(sides, signs);
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether a text relates two sides. */
  static boolean isRelation(String text) {
    return !chain(text).signs().isEmpty();
  }

  /** Whether a text says that one side is less than another. */
  static boolean isInequality(String text) {
    return chain(text).signs().stream()
        .anyMatch(sign -> UPWARDS.contains(sign) || DOWNWARDS.contains(sign));
  }

  /**
   * The relation that a text states; empty if it states none.
   *
   * @param parse reads a value
   */
  static Optional<AnswerValue> parse(String text, Function<String, AnswerValue> parse) {
    Chain chain = chain(text);
    List<String> sides = chain.sides();
    List<String> signs = chain.signs();
    if (signs.isEmpty()) {
      return Optional.empty();
    }
    if (sides.stream().skip(1).anyMatch(String::isBlank)) {
      throw new UndecidedException("a relation without a side");
    }
    if (EQUALITIES.containsAll(signs)) {
      return Optional.of(new Equations(parse).value(chain));
    }
    if (signs.equals(List.of("\\in")) && isName(sides.get(0))) {
      return Optional.of(
          new AnswerValue.Named(name(sides.get(0)), parse.apply(sides.get(1)), null));
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < signs.size(); i++) {
      keys.add(inequality(sides.get(i), signs.get(i), sides.get(i + 1)));
    }
    AnswerValue relation =
        new AnswerValue.Relation(String.join(" & ", keys.stream().sorted().toList()));
    if (UPWARDS.containsAll(signs)) {
      return Optional.of(interval(sides, signs, relation, parse));
    }
    if (DOWNWARDS.containsAll(signs)) {
      List<String> up = new ArrayList<>(sides);
      List<String> upSigns = new ArrayList<>();
      Collections.reverse(up);
      signs.forEach(sign -> upSigns.add(0, TURNED.getOrDefault(sign, sign)));
      return Optional.of(interval(up, upSigns, relation, parse));
    }
    return Optional.of(relation);
  }

  /** A name as it is compared. */
  static String name(String side) {
    return side.replace("\\mathrm", "").replaceAll("[\\s{}]", "");
  }

  /** The values of a name between two bounds, or beyond one, as an interval of that name. */
  private static AnswerValue interval(
      List<String> sides,
      List<String> signs,
      AnswerValue relation,
      Function<String, AnswerValue> parse) {
    int at = sides.size() == 3 ? 1 : isName(sides.get(0)) ? 0 : sides.size() - 1;
    if (sides.size() > 3 || !isName(sides.get(at))) {
      return relation;
    }
    String low = at == 0 ? "(-\\infty" : (signs.get(0).equals("<") ? "(" : "[") + sides.get(0);
    String high =
        at == sides.size() - 1
            ? "\\infty)"
            : sides.get(at + 1) + (signs.get(at).equals("<") ? ")" : "]");
    return new AnswerValue.Named(
        name(sides.get(at)), parse.apply(low + "," + high), relation.key());
  }

  private static String inequality(String left, String sign, String right) {
    String turned = TURNED.getOrDefault(sign, sign);
    boolean swap = TURNED.containsKey(sign);
    Expression low = Formula.parse(swap ? right : left);
    Expression high = Formula.parse(swap ? left : right);
    return "0 "
        + turned
        + " "
        + Points.proportional(
            new Expression.Sum(List.of(high, Formula.negated(low))), !turned.equals("\\ne"));
  }
}
