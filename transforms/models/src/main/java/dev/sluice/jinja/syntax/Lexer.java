package dev.sluice.jinja.syntax;

import dev.sluice.jinja.syntax.Token.Kind;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template in tokens, with the white space that chat templates have set: the line break after a
 * block goes ({@code trim_blocks}), and so does what indents a block ({@code lstrip_blocks}).
 */
final class Lexer {
  private static final Pattern RAW_BEGIN =
      Pattern.compile("\\{%[-+]?\\s*raw\\s*(?:-%\\}\\s*|%\\})");
  private static final Pattern RAW_END =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*(?:\\+%\\}|-%\\}\\s*|%\\}\\n?)");
  private static final Pattern COMMENT_END = Pattern.compile("[-+]?#\\}");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private boolean lineStarts = true;

  private Lexer(String source) {
    this.source = source;
  }

  /**
   * The tokens of a template, the last one {@link Kind#END}.
   *
   * @throws TemplateException if a tag or text in quotes does not end
   */
  static List<Token> tokens(String template) {
    String text = template.replace("\r\n", "\n").replace('\r', '\n');
    Lexer lexer = new Lexer(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    lexer.run();
    return List.copyOf(lexer.tokens);
  }

  private void run() {
    while (at < source.length()) {
      int open = nextTag();
      if (open < 0) {
        add(Kind.DATA, source.substring(at));
        break;
      }
      char kind = source.charAt(open + 1);
      int inner = open + 2;
      char sign = inner < source.length() ? source.charAt(inner) : ' ';
      String text = stripped(source.substring(at, open), sign, kind == '{');
      if (!text.isEmpty()) {
        add(Kind.DATA, text);
      }
      advance(open);
      Matcher raw = RAW_BEGIN.matcher(source).region(open, source.length());
      if (kind == '%' && raw.lookingAt()) {
        advance(raw.end());
        raw();
        continue;
      }
      advance(sign == '-' || sign == '+' ? inner + 1 : inner);
      if (kind == '#') {
        comment();
      } else {
        add(kind == '{' ? Kind.OUTPUT_BEGIN : Kind.BLOCK_BEGIN, "");
        at = new TagLexer(source, at, line, kind == '{', tokens).run();
        Token end = tokens.get(tokens.size() - 1);
        line = end.line() + breaks(end.text());
        lineStarts = end.text().endsWith("\n");
      }
    }
    add(Kind.END, "");
  }

  private int nextTag() {
    for (int i = source.indexOf('{', at); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Text before a tag without the white space that the tag takes away. */
  private String stripped(String text, char sign, boolean output) {
    if (sign == '-') {
      return Texts.stripEnd(text);
    }
    int begin = text.lastIndexOf('\n') + 1;
    boolean indents = sign != '+' && !output && (begin > 0 || lineStarts);
    return indents && Texts.stripEnd(text.substring(begin)).isEmpty()
        ? text.substring(0, begin)
        : text;
  }

  private void raw() {
    Matcher end = RAW_END.matcher(source);
    if (!end.find(at)) {
      throw new TemplateException("'{% raw %}' has no '{% endraw %}'", line);
    }
    char sign = end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0);
    String text = stripped(source.substring(at, end.start()), sign, false);
    if (!text.isEmpty()) {
      add(Kind.DATA, text);
    }
    advance(end.end());
  }

  private void comment() {
    Matcher end = COMMENT_END.matcher(source);
    if (!end.find(at)) {
      throw new TemplateException("a comment '{#' has no '#}'", line);
    }
    advance(end.end());
    if (end.group().startsWith("-")) {
      int next = at;
      while (next < source.length() && Texts.isSpace(source.charAt(next))) {
        next++;
      }
      advance(next);
    } else if (!end.group().startsWith("+") && at < source.length() && source.charAt(at) == '\n') {
      advance(at + 1);
    }
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, text, line));
  }

  private void advance(int to) {
    line += breaks(source.substring(at, to));
    if (to > at) {
      lineStarts = source.charAt(to - 1) == '\n';
    }
    at = to;
  }

  private static int breaks(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }
}
