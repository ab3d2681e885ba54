package dev.sluice.jinja.syntax;

/**
 * A piece of a template.
 *
 * @param text the text outside tags, a name, a sign, or the literal as it is written
 * @param value of a literal, else the text
 * @param line from 1
 */
record Token(Kind kind, String text, Object value, int line) {
  enum Kind {
    DATA,
    OUTPUT_BEGIN,
    OUTPUT_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    NUMBER,
    SIGN,
    END
  }

  boolean is(Kind other, String content) {
    return kind == other && text.equals(content);
  }

  boolean isName(String name) {
    return is(Kind.NAME, name);
  }

  boolean isSign(String sign) {
    return is(Kind.SIGN, sign);
  }

  /** For a message: what was read. */
  String described() {
    return switch (kind) {
      case END -> "the template's end";
      case DATA -> "text";
      case OUTPUT_END -> "'}}'";
      case BLOCK_END -> "'%}'";
      case OUTPUT_BEGIN -> "'{{'";
      case BLOCK_BEGIN -> "'{%'";
      default -> "'" + text + "'";
    };
  }
}
