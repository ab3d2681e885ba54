package dev.sluice.stages.answers;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a formula, by descent:
 *
 * <pre>
 * sum      = [sign] product { sign product }
 * product  = power { ["*" | "/"] power }
 * power    = atom { "!" } [ "^" exponent ] { "!" }
 * atom     = number | name | "(" sum ")" | "|" sum "|" | \frac | \sqrt | \binom | function
 * function = name [ "_" base ] [ "^" exponent ] ( "(" sum ")" | power { power } )
 * </pre>
 *
 * A letter is a name by itself, with what stands below it; {@code e}, {@code i} and {@code \pi} are
 * numbers. Throws {@link UndecidedException} for anything else.
 */
final class Formula {
  private static final int MOST_DEPTH = 60;
  private static final int MOST_STEPS = 4000;

  private static final Pattern DIGITS =
      Pattern.compile("\\d+(?:\\.\\d+)?(?!\\.\\d)|\\.\\d+|\\d+\\.(?!\\d)");
  private static final Pattern SCIENTIFIC = Pattern.compile("[eE]([-+]?\\d{1,4})(?![\\d.a-zA-Z])");
  private static final Pattern COMMAND = Pattern.compile("\\\\([a-zA-Z]+)");
  private static final Pattern WORD = Pattern.compile("[a-zA-Z]{2,}");
  private static final Pattern SIMPLE_FRACTION =
      Pattern.compile(
          "\\s*(?:\\\\frac\\s*\\{\\s*(\\d+)\\s*\\}\\s*\\{\\s*(\\d+)\\s*\\}|\\s(\\d+)\\s*/\\s*(\\d+)(?![\\d.]))");

  private static final Pattern MATRIX =
      Pattern.compile(
          "\\s*\\{(?:[pbvBV]?matrix|array)\\}\\s*(?:\\{[^}]*\\})?(.*?)\\\\end\\s*\\{(?:[pbvBV]?matrix|array)\\}",
          Pattern.DOTALL);
  private static final Pattern ROWS = Pattern.compile("\\\\newrow");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "ln", "log",
          "exp", "sinh", "cosh", "tanh", "asin", "acos", "atan", "lg");
  private static final Map<String, String> INVERSES =
      Map.of(
          "sin", "arcsin", "cos", "arccos", "tan", "arctan", "asin", "arcsin", "acos", "arccos",
          "atan", "arctan");
  private static final Set<String> GREEK =
      Set.of(
          "alpha",
          "beta",
          "gamma",
          "delta",
          "epsilon",
          "varepsilon",
          "zeta",
          "eta",
          "theta",
          "vartheta",
          "iota",
          "kappa",
          "lambda",
          "mu",
          "nu",
          "xi",
          "rho",
          "sigma",
          "tau",
          "phi",
          "varphi",
          "chi",
          "psi",
          "omega",
          "Gamma",
          "Delta",
          "Theta",
          "Lambda",
          "Sigma",
          "Phi",
          "Psi",
          "Omega",
          "infty",
          "ell",
          "hbar");
  private static final Set<String> ACCENTS =
      Set.of(
          "vec",
          "overrightarrow",
          "mathbf",
          "mathrm",
          "mathit",
          "bar",
          "hat",
          "tilde",
          "overline",
          "boldsymbol",
          "operatorname",
          "mathbb",
          "mathcal");

  private static final Expression PI =
      new Expression.Constant(Scalar.of(BigComplex.valueOf(BigDecimalMath.pi(Scalar.PRECISION))));
  private static final Expression DEGREE =
      new Expression.Quotient(PI, new Expression.Constant(Scalar.of(180)));
  private static final Expression E =
      new Expression.Constant(Scalar.of(BigComplex.valueOf(BigDecimalMath.e(Scalar.PRECISION))));

  private final String text;
  private int at;
  private int depth;
  private int steps;
  private int bars;

  private Formula(String text) {
    this.text = text;
  }

  /**
   * The whole of a text.
   *
   * @param text as {@link Notation} spells it
   */
  static Expression parse(String text) {
    Formula formula = new Formula(text.replace("\\mathbreak", " "));
    Expression whole = formula.sum();
    formula.blanks();
    if (formula.at < formula.text.length()) {
      throw formula.unexpected();
    }
    return whole;
  }

  private UndecidedException unexpected() {
    return new UndecidedException(
        at < text.length()
            ? "'" + text.charAt(at) + "' is not expected"
            : "the formula ends early");
  }

  private void blanks() {
    if (++steps > MOST_STEPS) {
      throw new UndecidedException("a formula that is too long");
    }
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char next() {
    blanks();
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean take(String token) {
    blanks();
    if (text.startsWith(token, at)
        && !(token.startsWith("\\")
            && at + token.length() < text.length()
            && Character.isLetter(text.charAt(at + token.length())))) {
      at += token.length();
      return true;
    }
    return false;
  }

  private void need(String token) {
    if (!take(token)) {
      throw unexpected();
    }
  }

  private Expression sum() {
    if (++depth > MOST_DEPTH) {
      throw new UndecidedException("a formula that is too deep");
    }
    List<Expression> terms = new ArrayList<>();
    boolean negative = take("-");
    if (!negative) {
      boolean unused = take("+");
    }
    terms.add(signed(negative));
    while (true) {
      if (take("+")) {
        terms.add(signed(false));
      } else if (take("-")) {
        terms.add(signed(true));
      } else {
        break;
      }
    }
    depth--;
    return terms.size() == 1 ? terms.get(0) : new Expression.Sum(terms);
  }

  private Expression signed(boolean negative) {
    Expression product = product();
    return negative
        ? new Expression.Product(List.of(new Expression.Constant(Scalar.of(-1)), product))
        : product;
  }

  private Expression product() {
    Expression product = power();
    while (true) {
      if (take("*") || take("\\times") || take("\\cdot")) {
        product = new Expression.Product(List.of(product, signedPower()));
      } else if (take("/") || take("\\div")) {
        product = new Expression.Quotient(product, signedPower());
      } else if (beginsAtom() && !twoNumbers()) {
        product = new Expression.Product(List.of(product, power()));
      } else {
        return product;
      }
    }
  }

  /** Two numbers side by side are no product. */
  private boolean twoNumbers() {
    int before = at - 1;
    while (before >= 0 && Character.isWhitespace(text.charAt(before))) {
      before--;
    }
    return Character.isDigit(text.charAt(at))
        && before >= 0
        && Character.isDigit(text.charAt(before));
  }

  private Expression signedPower() {
    if (take("-")) {
      return new Expression.Product(List.of(new Expression.Constant(Scalar.of(-1)), signedPower()));
    }
    return power();
  }

  private boolean beginsAtom() {
    char c = next();
    if (c == '|') {
      return bars == 0;
    }
    if (c == '\\') {
      Matcher command = COMMAND.matcher(text).region(at, text.length());
      return command.lookingAt() && isAtom(command.group(1));
    }
    return Character.isLetterOrDigit(c) || c == '.' || c == '(' || c == '{' || c == '[';
  }

  private static boolean isAtom(String command) {
    return FUNCTIONS.contains(command)
        || GREEK.contains(command)
        || ACCENTS.contains(command)
        || Set.of("pi", "frac", "sqrt", "binom", "lfloor", "lceil", "begin", "sum")
            .contains(command);
  }

  private Expression power() {
    return raised(atom());
  }

  private Expression raised(Expression base) {
    Expression value = base;
    while (true) {
      if (take("\\circ")) {
        value = new Expression.Product(List.of(value, DEGREE));
      } else if (take("!")) {
        value = new Expression.Call("factorial", List.of(value));
      } else if (take("^")) {
        value = new Expression.Power(value, exponent());
      } else {
        return value;
      }
    }
  }

  private Expression exponent() {
    if (take("{")) {
      Expression inner = sum();
      need("}");
      return inner;
    }
    if (take("-")) {
      return new Expression.Product(List.of(new Expression.Constant(Scalar.of(-1)), exponent()));
    }
    // LaTeX raises one character; whoever writes plain text means the number.
    return atom();
  }

  private Expression atom() {
    char c = next();
    if (Character.isDigit(c) || c == '.') {
      return number();
    }
    if (c == '(') {
      return bracketed("(", ")");
    }
    if (c == '[') {
      return bracketed("[", "]");
    }
    if (c == '{') {
      return bracketed("{", "}");
    }
    if (c == '|') {
      at++;
      bars++;
      Expression inner = sum();
      need("|");
      bars--;
      return new Expression.Call("abs", List.of(inner));
    }
    if (c == '\\') {
      return command();
    }
    if (Character.isLetter(c)) {
      return letters();
    }
    throw unexpected();
  }

  private Expression bracketed(String open, String close) {
    need(open);
    int outer = bars;
    bars = 0;
    Expression inner = sum();
    need(close);
    bars = outer;
    return inner;
  }

  private Expression number() {
    Matcher digits = DIGITS.matcher(text).region(at, text.length());
    if (!digits.lookingAt() || digits.group().length() > 400) {
      throw unexpected();
    }
    String written = digits.group();
    at = digits.end();
    Matcher scientific = SCIENTIFIC.matcher(text).region(at, text.length());
    BigDecimal value = new BigDecimal(written.endsWith(".") ? written + "0" : written);
    if (scientific.lookingAt()) {
      at = scientific.end();
      value = value.scaleByPowerOfTen(Integer.parseInt(scientific.group(1)));
    }
    Scalar number = Scalar.of(value);
    Matcher fraction = SIMPLE_FRACTION.matcher(text).region(at, text.length());
    if (!written.contains(".") && fraction.lookingAt()) {
      // A whole number before a fraction of numbers: a mixed number.
      boolean latex = fraction.group(1) != null;
      Scalar top = Scalar.of(new BigDecimal(fraction.group(latex ? 1 : 3)));
      Scalar bottom = Scalar.of(new BigDecimal(fraction.group(latex ? 2 : 4)));
      at = fraction.end();
      return new Expression.Constant(number.plus(top.over(bottom)));
    }
    return new Expression.Constant(number);
  }

  private Expression letters() {
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (word.lookingAt()) {
      for (int length = Math.min(6, word.end() - at); length > 1; length--) {
        String name = text.substring(at, at + length);
        if (FUNCTIONS.contains(name)) {
          at += length;
          return function(name);
        }
        if (name.equals("pi")) {
          at += length;
          return PI;
        }
        if (name.equals("sqrt")) {
          at += length;
          return root();
        }
      }
      if (word.end() - at > 3) {
        throw new UndecidedException("the word '" + word.group() + "'");
      }
    }
    String letter = text.substring(at, at + 1);
    at++;
    String name = letter + subscript() + primes();
    return switch (name) {
      case "e" -> E;
      case "i" -> new Expression.Constant(Scalar.i());
      default -> new Expression.Variable(name);
    };
  }

  private String primes() {
    int begin = at;
    while (at < text.length() && text.charAt(at) == '\'') {
      at++;
    }
    return text.substring(begin, at);
  }

  /** What stands below a name, without its braces. */
  private String subscript() {
    if (!take("_")) {
      return "";
    }
    return "_" + argumentText();
  }

  /** One character, a command or what braces hold, as it is written. */
  private String argumentText() {
    char c = next();
    if (c == '{') {
      int begin = at + 1;
      int level = 0;
      for (; at < text.length(); at++) {
        level += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
        if (level == 0) {
          return text.substring(begin, at++).replaceAll("\\s+", "");
        }
      }
      throw unexpected();
    }
    Matcher command = COMMAND.matcher(text).region(at, text.length());
    if (command.lookingAt()) {
      at = command.end();
      return command.group();
    }
    if (c == '\0') {
      throw unexpected();
    }
    at++;
    return String.valueOf(c);
  }

  private Expression command() {
    Matcher command = COMMAND.matcher(text).region(at, text.length());
    if (!command.lookingAt()) {
      throw unexpected();
    }
    String name = command.group(1);
    at = command.end();
    if (FUNCTIONS.contains(name)) {
      return function(name);
    }
    if (GREEK.contains(name)) {
      return new Expression.Variable("\\" + name + subscript() + primes());
    }
    if (ACCENTS.contains(name)) {
      String inner = argumentText();
      if (inner.equals("e")) {
        return E;
      }
      if (name.equals("mathrm") && inner.length() == 2 && inner.matches("[a-z]{2}")) {
        return new Expression.Product(
            List.of(
                new Expression.Variable(inner.substring(0, 1)),
                new Expression.Variable(inner.substring(1))));
      }
      if ((name.startsWith("math") && inner.length() > 1) || name.equals("operatorname")) {
        throw new UndecidedException("the word '" + inner + "'");
      }
      return new Expression.Variable(
          (name.startsWith("math") ? "" : "\\" + name + " ") + inner + subscript());
    }
    return switch (name) {
      case "pi" -> PI;
      case "begin" -> matrix();
      case "sum" -> series();
      case "frac" -> {
        Expression top = argument();
        yield new Expression.Quotient(top, argument());
      }
      case "binom" -> {
        Expression of = argument();
        yield new Expression.Call("binom", List.of(of, argument()));
      }
      case "sqrt" -> root();
      case "lfloor" -> rounded("floor", "\\rfloor");
      case "lceil" -> rounded("ceil", "\\rceil");
      default -> throw new UndecidedException("\\" + name);
    };
  }

  /** A sum over whole numbers, of what is multiplied behind it. */
  private Expression series() {
    need("_");
    need("{");
    String name = next() == '\0' ? "" : text.substring(at, at + 1);
    at++;
    need("=");
    Expression from = sum();
    need("}");
    need("^");
    Expression to = exponent();
    return new Expression.Series(name, from, to, product());
  }

  /**
   * A matrix, as the sum of its entries, each times a name of its place: so that sums and multiples
   * of vectors are compared.
   */
  private Expression matrix() {
    Matcher matrix = MATRIX.matcher(text).region(at, text.length());
    if (!matrix.lookingAt()) {
      throw unexpected();
    }
    at = matrix.end();
    List<Expression> entries = new ArrayList<>();
    List<String> rows =
        ROWS.splitAsStream(matrix.group(1).strip()).filter(row -> !row.isBlank()).toList();
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = Brackets.split(rows.get(i), "&");
      for (int k = 0; k < cells.size(); k++) {
        entries.add(
            new Expression.Product(
                List.of(parse(cells.get(k)), new Expression.Variable("entry " + i + " " + k))));
      }
    }
    return new Expression.Sum(entries);
  }

  private Expression rounded(String function, String close) {
    Expression inner = sum();
    need(close);
    return new Expression.Call(function, List.of(inner));
  }

  private Expression argument() {
    if (take("{")) {
      Expression inner = sum();
      need("}");
      return inner;
    }
    return atom();
  }

  private Expression root() {
    Expression degree = new Expression.Constant(Scalar.of(2));
    if (take("[")) {
      degree = sum();
      need("]");
    }
    Expression inner = argument();
    return new Expression.Power(
        inner, new Expression.Quotient(new Expression.Constant(Scalar.one()), degree));
  }

  private Expression function(String written) {
    String name =
        INVERSES.containsKey(written) && written.startsWith("a")
            ? INVERSES.getOrDefault(written, written)
            : written;
    Expression base = null;
    if (take("_")) {
      base = argument();
    }
    Expression exponent = take("^") ? exponent() : null;
    if (exponent instanceof Expression.Product product
        && INVERSES.containsKey(name)
        && product.equals(
            new Expression.Product(
                List.of(
                    new Expression.Constant(Scalar.of(-1)),
                    new Expression.Constant(Scalar.one()))))) {
      // sin^{-1} is the inverse.
      name = INVERSES.getOrDefault(name, name);
      exponent = null;
    }
    boolean closed = next() == '(' || next() == '[' || next() == '{';
    Expression argument = closed ? atom() : open();
    Expression call;
    if (name.equals("log") || name.equals("lg")) {
      call =
          new Expression.Call(
              "log",
              List.of(argument, base == null ? new Expression.Constant(Scalar.of(10)) : base));
    } else {
      call = new Expression.Call(name, List.of(argument));
    }
    return exponent == null ? call : new Expression.Power(call, exponent);
  }

  /** An argument without brackets: what is multiplied up to the next function or sign. */
  private Expression open() {
    Expression argument = power();
    while (beginsAtom() && !beginsFunction() && next() != '(') {
      argument = new Expression.Product(List.of(argument, power()));
    }
    return argument;
  }

  private boolean beginsFunction() {
    Matcher command = COMMAND.matcher(text).region(at, text.length());
    if (command.lookingAt()) {
      return FUNCTIONS.contains(command.group(1));
    }
    Matcher word = WORD.matcher(text).region(at, text.length());
    return word.lookingAt()
        && FUNCTIONS.stream().anyMatch(function -> word.group().startsWith(function));
  }
}
