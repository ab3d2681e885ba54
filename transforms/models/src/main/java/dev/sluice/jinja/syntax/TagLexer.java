package dev.sluice.jinja.syntax;

import dev.sluice.jinja.syntax.Token.Kind;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Texts;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inside of one tag in tokens. */
final class TagLexer {
  // Possessive: a group that may go back takes stack for each of its repetitions.
  private static final Pattern REAL =
      Pattern.compile(
          "(?<!\\.)(?:\\d++_)*+\\d++(?:(?:\\.(?:\\d++_)*+\\d++)?[eE][+\\-]?(?:\\d++_)*+\\d++|\\.(?:\\d++_)*+\\d++)");
  private static final Pattern WHOLE =
      Pattern.compile(
          "0[bB](?:_?[01])++|0[oO](?:_?[0-7])++|0[xX](?:_?[\\da-fA-F])++|[1-9](?:_?\\d)*+|0(?:_?0)*+");
  private static final List<String> SIGNS =
      List.of(
          "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{",
          "}", ">", "<", "=", ".", ":", "|", ",", ";");
  private static final String OPEN = "([{";
  private static final String CLOSE = ")]}";
  private static final int MAX_DIGITS = 4_300;

  private final String source;
  private final boolean output;
  private final List<Token> tokens;
  private final Deque<Character> open = new ArrayDeque<>();
  private final int begin;
  private int at;
  private int line;

  /**
   * @param at where the inside begins
   * @param output whether the tag is {@code {{ }}}
   * @param tokens taken from here on
   */
  TagLexer(String source, int at, int line, boolean output, List<Token> tokens) {
    this.source = source;
    this.at = at;
    this.line = line;
    this.begin = line;
    this.output = output;
    this.tokens = tokens;
  }

  /** Reads the tag; returns where what follows it begins. */
  int run() {
    while (true) {
      if (open.isEmpty() && end()) {
        return at;
      }
      if (at >= source.length()) {
        throw new TemplateException(
            "a tag '%s' that begins in line %d has no '%s'"
                .formatted(output ? "{{" : "{%", begin, output ? "}}" : "%}"),
            begin);
      }
      char c = source.charAt(at);
      if (Texts.isSpace(c)) {
        line += c == '\n' ? 1 : 0;
        at++;
      } else if (c == '"' || c == '\'') {
        text(c);
      } else if (Character.isDigit(c)) {
        number();
      } else if (Character.isUnicodeIdentifierStart(source.codePointAt(at)) || c == '_') {
        name();
      } else {
        sign();
      }
    }
  }

  private boolean end() {
    String close = output ? "}}" : "%}";
    char sign = at < source.length() ? source.charAt(at) : ' ';
    boolean signed = sign == '-' || (sign == '+' && !output);
    if (!source.startsWith(close, signed ? at + 1 : at)) {
      return false;
    }
    int from = at;
    at += signed ? 3 : 2;
    if (signed && sign == '-') {
      while (at < source.length() && Texts.isSpace(source.charAt(at))) {
        at++;
      }
    } else if (!signed && !output && at < source.length() && source.charAt(at) == '\n') {
      at++;
    }
    String text = source.substring(from, at);
    tokens.add(new Token(output ? Kind.OUTPUT_END : Kind.BLOCK_END, text, text, line));
    return true;
  }

  private void text(char quote) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw new TemplateException("a text that begins with " + quote + " has no end", line);
    }
    String inner = source.substring(at + 1, end);
    tokens.add(new Token(Kind.STRING, inner, Escapes.resolved(inner, line), line));
    line += (int) inner.chars().filter(c -> c == '\n').count();
    at = end + 1;
  }

  private void number() {
    Matcher real = at(REAL);
    if (real.lookingAt()) {
      double value = Double.parseDouble(real.group().replace("_", ""));
      add(Kind.NUMBER, real.group(), value);
      return;
    }
    Matcher whole = at(WHOLE);
    if (!whole.lookingAt()) {
      throw new TemplateException("'%s' begins no number".formatted(source.charAt(at)), line);
    }
    String digits = whole.group().replace("_", "");
    if (digits.length() > MAX_DIGITS) {
      throw new TemplateException("a number has more than 4,300 digits", line);
    }
    int base =
        digits.length() < 3
            ? 10
            : switch (Character.toLowerCase(digits.charAt(1))) {
              case 'x' -> 16;
              case 'o' -> 8;
              case 'b' -> 2;
              default -> 10;
            };
    add(
        Kind.NUMBER,
        whole.group(),
        new BigInteger(base == 10 ? digits : digits.substring(2), base));
  }

  private Matcher at(Pattern pattern) {
    return pattern.matcher(source).region(at, source.length()).useTransparentBounds(true);
  }

  private void name() {
    int end = at;
    while (end < source.length()
        && (Character.isUnicodeIdentifierPart(source.codePointAt(end))
            && !Character.isIdentifierIgnorable(source.codePointAt(end)))) {
      end += Character.charCount(source.codePointAt(end));
    }
    String name = source.substring(at, end);
    add(Kind.NAME, name, name);
  }

  private void sign() {
    for (String sign : SIGNS) {
      if (source.startsWith(sign, at)) {
        balance(sign.charAt(0));
        add(Kind.SIGN, sign, sign);
        return;
      }
    }
    throw new TemplateException(
        "the character '%s' has no meaning in a tag"
            .formatted(Character.toString(source.codePointAt(at))),
        line);
  }

  private void balance(char sign) {
    if (OPEN.indexOf(sign) >= 0) {
      open.push(CLOSE.charAt(OPEN.indexOf(sign)));
    } else if (CLOSE.indexOf(sign) >= 0 && (open.isEmpty() || open.pop() != sign)) {
      throw new TemplateException("'%s' closes nothing that is open".formatted(sign), line);
    }
  }

  private void add(Kind kind, String text, Object value) {
    tokens.add(new Token(kind, text, value, line));
    at += text.length();
  }
}
