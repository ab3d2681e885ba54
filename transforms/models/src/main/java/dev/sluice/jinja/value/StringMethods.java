package dev.sluice.jinja.value;

import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The methods of Python's str. */
public final class StringMethods {
  /** Methods of Python's that are not here. */
  private static final List<String> REFUSED =
      List.of(
          "casefold",
          "encode",
          "expandtabs",
          "format_map",
          "isidentifier",
          "isprintable",
          "maketrans",
          "translate");

  private StringMethods() {}

  /** A method of a text; null if there is none of this name. */
  static @Nullable public Object method(String text, String name) {
    Callable method = plain(text, name);
    if (method == null) {
      method = searching(text, name);
    }
    if (method == null) {
      method = asking(text, name);
    }
    if (method == null && REFUSED.contains(name)) {
      throw new TemplateException("the text method '%s' is not supported".formatted(name));
    }
    return method;
  }

  private static @Nullable Callable plain(String text, String name) {
    return switch (name) {
      case "upper" -> a -> nothing(a, name, Texts.upper(text));
      case "lower" -> a -> nothing(a, name, Texts.lower(text));
      case "title" -> a -> nothing(a, name, Texts.title(text));
      case "capitalize" -> a -> nothing(a, name, Texts.capitalized(text));
      case "swapcase" -> a -> nothing(a, name, Texts.swapped(text));
      case "strip" -> a -> Texts.stripEnd(Texts.stripStart(text, among(a, name)), among(a, name));
      case "lstrip" -> a -> Texts.stripStart(text, among(a, name));
      case "rstrip" -> a -> Texts.stripEnd(text, among(a, name));
      case "splitlines" -> a -> Texts.lines(text, a.bind(name, 0, "keepends").flag(0, false));
      case "split", "rsplit" -> a -> split(text, name, a);
      case "partition", "rpartition" -> a -> partition(text, name, a);
      case "replace" ->
          a -> {
            Arguments.Bound bound = a.bind(name, 2, "old", "new", "count");
            return Texts.replaced(text, bound.text(0, ""), bound.text(1, ""), bound.number(2, -1));
          };
      case "join" ->
          a -> {
            StringBuilder out = new StringBuilder();
            String between = "";
            for (Object item : Values.list(a.bind(name, 1, "iterable").get(0, None.NONE))) {
              if (!(item instanceof String part)) {
                throw new TemplateException("join wants texts, but got " + Values.described(item));
              }
              out.append(between).append(part);
              Limits.text(out.length());
              between = text;
            }
            return out.toString();
          };
      case "format" -> a -> Braces.formatted(text, a);
      case "center", "ljust", "rjust", "zfill" -> a -> filled(text, name, a);
      case "removeprefix" ->
          a -> {
            String prefix = a.bind(name, 1, "prefix").text(0, "");
            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
          };
      case "removesuffix" ->
          a -> {
            String suffix = a.bind(name, 1, "suffix").text(0, "");
            return text.endsWith(suffix)
                ? text.substring(0, text.length() - suffix.length())
                : text;
          };
      default -> null;
    };
  }

  private static Object nothing(Arguments arguments, String name, Object value) {
    arguments.bind(name, 0);
    return value;
  }

  private static IntPredicate among(Arguments arguments, String name) {
    Arguments.Bound bound = arguments.bind(name, 0, "chars");
    if (bound.get(0, None.NONE) instanceof None) {
      return Texts::isSpace;
    }
    Set<Integer> characters =
        bound.text(0, "").codePoints().boxed().collect(Collectors.toUnmodifiableSet());
    return characters::contains;
  }

  private static Object split(String text, String name, Arguments arguments) {
    Arguments.Bound bound = arguments.bind(name, 0, "sep", "maxsplit");
    int most = bound.number(1, -1);
    boolean right = name.startsWith("r");
    if (bound.get(0, None.NONE) instanceof None) {
      return right ? Texts.wordsFromEnd(text, most) : Texts.words(text, most);
    }
    String at = separator(bound.text(0, ""));
    return right ? Texts.splitFromEnd(text, at, most) : Texts.split(text, at, most);
  }

  private static String separator(String at) {
    if (at.isEmpty()) {
      throw new TemplateException("a text cannot be split at an empty text");
    }
    return at;
  }

  private static Object partition(String text, String name, Arguments arguments) {
    String at = separator(arguments.bind(name, 1, "sep").text(0, ""));
    boolean right = name.startsWith("r");
    int place =
        right ? Search.backward(at).in(text, text.length()) : Search.forward(at).in(text, 0);
    if (place < 0) {
      return right ? Tuple.of("", "", text) : Tuple.of(text, "", "");
    }
    return Tuple.of(text.substring(0, place), at, text.substring(place + at.length()));
  }

  private static String filled(String text, String name, Arguments arguments) {
    Arguments.Bound bound = arguments.bind(name, 1, "width", "fillchar");
    int width = bound.number(0, 0);
    int missing = width - Values.length(text);
    if (missing <= 0) {
      return text;
    }
    Limits.text(width);
    String fill = name.equals("zfill") ? "0" : bound.text(1, " ");
    if (Values.length(fill) != 1) {
      throw new TemplateException(name + " fills with one character");
    }
    return switch (name) {
      case "ljust" -> text + fill.repeat(missing);
      case "rjust" -> fill.repeat(missing) + text;
      case "zfill" -> {
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        yield text.substring(0, sign) + fill.repeat(missing) + text.substring(sign);
      }
      default -> {
        int left = missing / 2 + (missing & width & 1);
        yield fill.repeat(left) + text + fill.repeat(missing - left);
      }
    };
  }

  private static @Nullable Callable searching(String text, String name) {
    return switch (name) {
      case "startswith", "endswith" ->
          a -> {
            Arguments.Bound bound = a.bind(name, 1, "prefix", "start", "end");
            String part = stretch(text, bound);
            Object wanted = bound.get(0, None.NONE);
            List<Object> all = wanted instanceof Tuple tuple ? tuple.items() : List.of(wanted);
            for (Object each : all) {
              if (!(each instanceof String affix)) {
                throw new TemplateException(
                    "%s wants text or a tuple of texts, but got %s"
                        .formatted(name, Values.described(wanted)));
              }
              if (name.equals("startswith") ? part.startsWith(affix) : part.endsWith(affix)) {
                return true;
              }
            }
            return false;
          };
      case "find", "rfind", "index", "rindex" ->
          a -> {
            Arguments.Bound bound = a.bind(name, 1, "sub", "start", "end");
            String part = stretch(text, bound);
            String wanted = bound.text(0, "");
            int place =
                name.startsWith("r")
                    ? Search.backward(wanted).in(part, part.length())
                    : Search.forward(wanted).in(part, 0);
            if (place < 0 && name.endsWith("index")) {
              throw new TemplateException(
                  "%s is not in %s".formatted(Values.described(wanted), Values.described(text)));
            }
            int before = Values.length(text.substring(0, begin(text, bound)));
            return Numbers.of(place < 0 ? -1 : before + part.codePointCount(0, place));
          };
      case "count" ->
          a -> {
            Arguments.Bound bound = a.bind(name, 1, "sub", "start", "end");
            String part = stretch(text, bound);
            String wanted = bound.text(0, "");
            return Numbers.of(
                wanted.isEmpty() ? Values.length(part) + 1 : Texts.count(part, wanted));
          };
      default -> null;
    };
  }

  private static String stretch(String text, Arguments.Bound bound) {
    return Writer.text(
        Slices.slice(text, bound.get(1, None.NONE), bound.get(2, None.NONE), None.NONE));
  }

  private static int begin(String text, Arguments.Bound bound) {
    Object before = Slices.slice(text, None.NONE, bound.get(1, Numbers.of(0)), None.NONE);
    return Writer.text(before).length();
  }

  private static @Nullable Callable asking(String text, String name) {
    IntPredicate each =
        switch (name) {
          case "isdigit", "isdecimal", "isnumeric" -> Character::isDigit;
          case "isalpha" -> Character::isLetter;
          case "isalnum" -> Character::isLetterOrDigit;
          case "isspace" -> Texts::isSpace;
          case "isascii" -> c -> c < 128;
          case "isupper" -> c -> !Character.isLowerCase(c) && !Character.isTitleCase(c);
          case "islower" -> c -> !Character.isUpperCase(c) && !Character.isTitleCase(c);
          case "istitle" -> c -> true;
          default -> null;
        };
    if (each == null) {
      return null;
    }
    boolean holds = text.codePoints().allMatch(each);
    return switch (name) {
      case "isascii" -> a -> nothing(a, name, holds);
      case "isupper" ->
          a -> nothing(a, name, holds && text.codePoints().anyMatch(Character::isUpperCase));
      case "islower" ->
          a -> nothing(a, name, holds && text.codePoints().anyMatch(Character::isLowerCase));
      case "istitle" ->
          a ->
              nothing(
                  a,
                  name,
                  Texts.title(text).equals(text)
                      && text.codePoints().anyMatch(Character::isUpperCase));
      default -> a -> nothing(a, name, holds && !text.isEmpty());
    };
  }
}
