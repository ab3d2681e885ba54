package dev.sluice.methods.answers;

import java.util.Map;
import java.util.Set;

/** The names that formulas know. */
final class Symbols {
  /** Functions of one argument, with a backslash or without. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "arccot", "ln",
          "log", "exp", "sinh", "cosh", "tanh", "asin", "acos", "atan", "lg");

  private static final Map<String, String> INVERSES =
      Map.of(
          "sin", "arcsin", "cos", "arccos", "tan", "arctan", "cot", "arccot", "asin", "arcsin",
          "acos", "arccos", "atan", "arctan");

  /** Commands that are names of variables. */
  private static final Set<String> VARIABLES =
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

  /** Commands that dress a name. */
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

  /** Dots for terms that are not written. */
  private static final Set<String> DOTS = Set.of("cdots", "ldots", "dots");

  /** Other commands that begin a value. */
  private static final Set<String> CONSTRUCTIONS =
      Set.of("pi", "frac", "sqrt", "binom", "lfloor", "lceil", "begin", "sum", "prod");

  private Symbols() {}

  static boolean isFunction(String name) {
    return FUNCTIONS.contains(name);
  }

  /** The function that a word without blanks begins with; empty if it begins with none. */
  static String functionAtStart(String word) {
    for (int length = Math.min(6, word.length()); length > 1; length--) {
      if (FUNCTIONS.contains(word.substring(0, length))) {
        return word.substring(0, length);
      }
    }
    return "";
  }

  /** One name for each function: {@code arcsin} for {@code asin}. */
  static String function(String name) {
    return name.startsWith("a") ? INVERSES.getOrDefault(name, name) : name;
  }

  /** The inverse of a function; itself if it has none here. */
  static String inverse(String function) {
    return INVERSES.getOrDefault(function, function);
  }

  static boolean isVariable(String command) {
    return VARIABLES.contains(command);
  }

  static boolean isAccent(String command) {
    return ACCENTS.contains(command);
  }

  static boolean isDots(String command) {
    return DOTS.contains(command);
  }

  /** Whether a command begins a value, so that it is multiplied with what is before it. */
  static boolean beginsValue(String command) {
    return FUNCTIONS.contains(command)
        || VARIABLES.contains(command)
        || ACCENTS.contains(command)
        || CONSTRUCTIONS.contains(command);
  }
}
