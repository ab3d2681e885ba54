package dev.sluice.jinja.syntax;

import dev.sluice.jinja.syntax.Token.Kind;
import dev.sluice.jinja.value.TemplateException;
import java.util.List;

/** A place among tokens. */
final class Cursor {
  private final List<Token> tokens;
  private int at;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The one after the next. */
  Token look() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  int line() {
    return peek().line();
  }

  boolean isName(String name) {
    return peek().isName(name);
  }

  boolean isSign(String sign) {
    return peek().isSign(sign);
  }

  boolean skipName(String name) {
    boolean there = isName(name);
    if (there) {
      next();
    }
    return there;
  }

  boolean skipSign(String sign) {
    boolean there = isSign(sign);
    if (there) {
      next();
    }
    return there;
  }

  void expectSign(String sign) {
    if (!skipSign(sign)) {
      throw unexpected("'" + sign + "'");
    }
  }

  Token expect(Kind kind, String what) {
    if (peek().kind() != kind) {
      throw unexpected(what);
    }
    return next();
  }

  String expectName() {
    return expect(Kind.NAME, "a name").text();
  }

  /** Says what is there and what was wanted. */
  TemplateException unexpected(String wanted) {
    return new TemplateException(
        "expected %s, but found %s".formatted(wanted, peek().described()), line());
  }
}
