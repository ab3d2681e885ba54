package dev.sluice.methods.answers;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a formula, by descent:
 *
 * <pre>
 * sum      = [sign] product { sign product }
 * product  = power { ["*" | "/"] power }
 * power    = atom { "!" } [ "^" exponent ] { "!" }
 * atom     = number | name | "(" sum ")" | "|" sum "|" | \frac | \sqrt | \binom | \sum | function
 * function = name [ "_" base ] [ "^" exponent ] ( "(" sum ")" | power { power } )
 * </pre>
 *
 * A letter is a name by itself, with what stands below it; {@code e}, {@code i} and {@code \pi} are
 * numbers. Throws {@link UndecidedException} for anything else.
 */
final class Formula {
  private static final int MAX_DEPTH = 60;
  private static final int MAX_DIGITS = 400;

  private static final Pattern DIGITS =
      Pattern.compile("\\d+(?:\\.\\d+)?(?!\\.\\d)|\\.\\d+|\\d+\\.(?!\\d)");
  private static final Pattern SCIENTIFIC = Pattern.compile("[eE]([-+]?\\d{1,4})(?![\\d.a-zA-Z])");
  private static final Pattern WORD = Pattern.compile("[a-zA-Z]{2,}");
  private static final Pattern PRIMES = Pattern.compile("'+");
  private static final Pattern SIMPLE_FRACTION =
      Pattern.compile(
          "\\s*(?:\\\\frac\\s*\\{\\s*(\\d+)\\s*\\}\\s*\\{\\s*(\\d+)\\s*\\}|\\s(\\d+)\\s*/\\s*(\\d+)(?![\\d.]))");
  private static final Pattern MATRIX =
      Pattern.compile(
          "\\s*\\{(?:[pbvBV]?matrix|array)\\}\\s*(?:\\{[^}]*\\})?(.*?)\\\\end\\s*\\{(?:[pbvBV]?matrix|array)\\}",
          Pattern.DOTALL);
  private static final Pattern ROWS = Pattern.compile("\\\\newrow");

  private static final Expression ONE = new Expression.Constant(Scalar.one());
  private static final Expression MINUS_ONE = new Expression.Constant(Scalar.of(-1));
  private static final Expression PI =
      new Expression.Constant(Scalar.of(BigComplex.valueOf(BigDecimalMath.pi(Scalar.PRECISION))));
  private static final Expression DEGREE =
      new Expression.Quotient(PI, new Expression.Constant(Scalar.of(180)));
  private static final Expression E =
      new Expression.Constant(Scalar.of(BigComplex.valueOf(BigDecimalMath.e(Scalar.PRECISION))));

  private final Cursor cursor;
  private int depth;
  private int bars;

  private Formula(String text) {
    this.cursor = new Cursor(text);
  }

  /**
   * The whole of a text.
   *
   * @param text as {@link Notation} spells it
   */
  static Expression parse(String text) {
    Formula formula = new Formula(text.replace("\\mathbreak", " "));
    Expression whole = formula.sum();
    formula.cursor.needEnd();
    return whole;
  }

  /** The formula with the other sign. */
  static Expression negated(Expression formula) {
    return new Expression.Product(List.of(MINUS_ONE, formula));
  }

  private Expression sum() {
    List<Expression> terms = new ArrayList<>();
    boolean negative = cursor.take("-");
    if (!negative) {
      boolean unused = cursor.take("+");
    }
    terms.add(signed(negative));
    while (true) {
      if (cursor.take("+")) {
        terms.add(signed(false));
      } else if (cursor.take("-")) {
        terms.add(signed(true));
      } else {
        break;
      }
    }
    return terms.size() == 1 ? terms.get(0) : new Expression.Sum(terms);
  }

  private Expression signed(boolean negative) {
    Expression product = product();
    return negative ? negated(product) : product;
  }

  private Expression product() {
    List<Expression> factors = new ArrayList<>(List.of(power()));
    while (true) {
      if (cursor.take("*") || cursor.take("\\times") || cursor.take("\\cdot")) {
        factors.add(signedPower());
      } else if (cursor.take("/") || cursor.take("\\div")) {
        factors.add(new Expression.Quotient(ONE, signedPower()));
      } else if (beginsValue() && !twoNumbers()) {
        factors.add(power());
      } else {
        return factors.size() == 1 ? factors.get(0) : new Expression.Product(factors);
      }
    }
  }

  /** Two numbers side by side are no product. */
  private boolean twoNumbers() {
    return Character.isDigit(cursor.next()) && cursor.followsDigit();
  }

  private Expression signedPower() {
    return minus() ? negated(power()) : power();
  }

  private boolean beginsValue() {
    char c = cursor.next();
    return switch (c) {
      case '|' -> bars == 0;
      case '\\' -> Symbols.beginsValue(cursor.command());
      case '.', '(', '{', '[' -> true;
      default -> Character.isLetterOrDigit(c);
    };
  }

  private Expression power() {
    Expression value = atom();
    for (int i = 0; i < MAX_DEPTH; i++) {
      if (cursor.take("\\circ")) {
        value = new Expression.Product(List.of(value, DEGREE));
      } else if (cursor.take("!")) {
        value = new Expression.Call("factorial", List.of(value));
      } else if (cursor.take("^")) {
        value = new Expression.Power(value, exponent());
      } else {
        return value;
      }
    }
    throw new UndecidedException("a formula that is too deep");
  }

  private Expression exponent() {
    if (cursor.next() == '{') {
      return bracketed("{", "}");
    }
    // LaTeX raises one character; in plain text the whole number is meant.
    if (minus()) {
      return negated(cursor.next() == '{' ? bracketed("{", "}") : atom());
    }
    return atom();
  }

  /** Whether an odd number of minus signs comes; takes them. */
  private boolean minus() {
    boolean negative = false;
    while (cursor.take("-")) {
      negative = !negative;
    }
    return negative;
  }

  private Expression atom() {
    if (++depth > MAX_DEPTH) {
      throw new UndecidedException("a formula that is too deep");
    }
    Expression atom = single();
    depth--;
    return atom;
  }

  private Expression single() {
    char c = cursor.next();
    return switch (c) {
      case '(' -> bracketed("(", ")");
      case '[' -> bracketed("[", "]");
      case '{' -> bracketed("{", "}");
      case '|' -> magnitude();
      case '\\' -> command(cursor.command());
      default -> {
        if (Character.isDigit(c) || c == '.') {
          yield number();
        }
        if (!Character.isLetter(c)) {
          throw cursor.unexpected();
        }
        yield letters();
      }
    };
  }

  private Expression bracketed(String open, String close) {
    cursor.need(open);
    int outer = bars;
    bars = 0;
    Expression inner = sum();
    cursor.need(close);
    bars = outer;
    return inner;
  }

  private Expression magnitude() {
    cursor.need("|");
    bars++;
    Expression inner = sum();
    cursor.need("|");
    bars--;
    return new Expression.Call("abs", List.of(inner));
  }

  private Expression number() {
    MatchResult digits = cursor.take(DIGITS);
    if (digits == null || digits.group().length() > MAX_DIGITS) {
      throw cursor.unexpected();
    }
    String written = digits.group();
    MatchResult scientific = cursor.take(SCIENTIFIC);
    BigDecimal value = new BigDecimal(written.endsWith(".") ? written + "0" : written);
    if (scientific != null) {
      value = value.scaleByPowerOfTen(Integer.parseInt(scientific.group(1)));
    }
    Scalar number = Scalar.of(value);
    MatchResult fraction = written.contains(".") ? null : cursor.take(SIMPLE_FRACTION);
    if (fraction != null) {
      // A whole number before a fraction of numbers: a mixed number.
      int first = fraction.group(1) != null ? 1 : 3;
      Scalar top = Scalar.of(new BigDecimal(fraction.group(first)));
      number = number.plus(top.over(Scalar.of(new BigDecimal(fraction.group(first + 1)))));
    }
    return new Expression.Constant(number);
  }

  private Expression letters() {
    MatchResult found = cursor.see(WORD);
    if (found != null) {
      String word = found.group();
      String function = Symbols.functionAtStart(word);
      if (!function.isEmpty()) {
        cursor.need(function);
        return function(function);
      }
      if (word.startsWith("sqrt")) {
        cursor.need("sqrt");
        return root();
      }
      if (word.startsWith("pi")) {
        cursor.need("pi");
        return PI;
      }
      if (word.length() > 3) {
        throw new UndecidedException("the word '" + word + "'");
      }
    }
    String name = cursor.takeOne() + marks();
    return switch (name) {
      case "e" -> E;
      case "i" -> new Expression.Constant(Scalar.i());
      default -> new Expression.Variable(name);
    };
  }

  /** What is below a name and its primes, as it is written. */
  private String marks() {
    String below = cursor.take("_") ? "_" + cursor.takeArgument() : "";
    MatchResult primes = cursor.take(PRIMES);
    return below + (primes == null ? "" : primes.group());
  }

  private Expression command(String name) {
    if (name.isEmpty()) {
      throw cursor.unexpected();
    }
    cursor.takeCommand(name);
    if (Symbols.isFunction(name)) {
      return function(name);
    }
    if (Symbols.isVariable(name)) {
      return new Expression.Variable("\\" + name + marks());
    }
    if (Symbols.isDots(name)) {
      return new Expression.Variable("\\dots");
    }
    if (Symbols.isAccent(name)) {
      return dressed(name, cursor.takeArgument());
    }
    return switch (name) {
      case "pi" -> PI;
      case "begin" -> matrix();
      case "sum", "prod" -> series(name);
      case "frac" -> new Expression.Quotient(argument(), argument());
      case "binom" -> new Expression.Call("binom", List.of(argument(), argument()));
      case "sqrt" -> root();
      case "lfloor" -> rounded("floor", "\\rfloor");
      case "lceil" -> rounded("ceil", "\\rceil");
      default -> throw new UndecidedException("\\" + name);
    };
  }

  private Expression dressed(String command, String inner) {
    boolean font = command.startsWith("math");
    if (inner.equals("e")) {
      return E;
    }
    if (Symbols.isFunction(inner)) {
      return function(inner);
    }
    if (command.equals("mathrm") && inner.matches("[a-z]{2}")) {
      return new Expression.Product(
          List.of(
              new Expression.Variable(inner.substring(0, 1)),
              new Expression.Variable(inner.substring(1))));
    }
    if ((font && inner.length() > 1) || command.equals("operatorname")) {
      throw new UndecidedException("the word '" + inner + "'");
    }
    return new Expression.Variable((font ? "" : "\\" + command + " ") + inner + marks());
  }

  /** A sum or product over whole numbers, of what is multiplied behind it. */
  private Expression series(String name) {
    cursor.need("_");
    cursor.need("{");
    String index = cursor.takeOne();
    cursor.need("=");
    Expression from = sum();
    cursor.need("}");
    cursor.need("^");
    Expression to = exponent();
    return new Expression.Series(name.equals("prod"), index, from, to, product());
  }

  /**
   * A matrix, as the sum of its entries, each times a name of its place: so that sums and multiples
   * of vectors are compared.
   */
  private Expression matrix() {
    MatchResult matrix = cursor.take(MATRIX);
    if (matrix == null) {
      throw cursor.unexpected();
    }
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
    cursor.need(close);
    return new Expression.Call(function, List.of(inner));
  }

  private Expression argument() {
    return atom();
  }

  private Expression root() {
    Expression degree =
        cursor.next() == '[' ? bracketed("[", "]") : new Expression.Constant(Scalar.of(2));
    return new Expression.Power(argument(), new Expression.Quotient(ONE, degree));
  }

  private Expression function(String written) {
    String name = Symbols.function(written);
    Expression base = cursor.take("_") ? argument() : null;
    Expression exponent = cursor.take("^") ? exponent() : null;
    if (isMinusOne(exponent) && !Symbols.inverse(name).equals(name)) {
      // sin^{-1} is the inverse.
      name = Symbols.inverse(name);
      exponent = null;
    }
    char next = cursor.next();
    Expression argument = next == '(' || next == '[' || next == '{' ? atom() : open();
    if (name.equals("log") || name.equals("lg")) {
      Expression of = base == null ? new Expression.Constant(Scalar.of(10)) : base;
      return raised(new Expression.Call("log", List.of(argument, of)), exponent);
    }
    return raised(new Expression.Call(name, List.of(argument)), exponent);
  }

  private static Expression raised(Expression value, @Nullable Expression exponent) {
    return exponent == null ? value : new Expression.Power(value, exponent);
  }

  private static boolean isMinusOne(@Nullable Expression exponent) {
    return exponent != null && exponent.equals(negated(ONE));
  }

  /** An argument without brackets: what is multiplied up to the next function or sign. */
  private Expression open() {
    Expression argument = power();
    while (beginsValue() && !beginsFunction() && cursor.next() != '(') {
      argument = new Expression.Product(List.of(argument, power()));
    }
    return argument;
  }

  private boolean beginsFunction() {
    if (cursor.next() == '\\') {
      return Symbols.isFunction(cursor.command());
    }
    MatchResult word = cursor.see(WORD);
    return word != null && !Symbols.functionAtStart(word.group()).isEmpty();
  }
}
