package dev.sluice.jinja.syntax;

import dev.sluice.jinja.syntax.Statement.Branch;
import dev.sluice.jinja.syntax.Statement.Signature;
import dev.sluice.jinja.syntax.Statement.Target;
import dev.sluice.jinja.syntax.Statement.Variable;
import dev.sluice.jinja.syntax.Token.Kind;
import dev.sluice.jinja.value.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A template as statements. */
public final class Parser {
  /** The variable in which a block's text waits for its filter; no template can name it. */
  public static final String CAPTURED = "(captured)";

  private static final List<String> TAGS =
      List.of(
          "if",
          "for",
          "set",
          "macro",
          "call",
          "filter",
          "with",
          "generation",
          "break",
          "continue",
          "raw");
  private static final Set<String> FILES = Set.of("include", "import", "from", "extends", "block");
  private static final int MAX_DEPTH = 100;

  private final Cursor cursor;
  private final ExpressionParser expressions;
  private int loops;
  private int depth;
  private int opened;

  private Parser(Cursor cursor) {
    this.cursor = cursor;
    this.expressions = new ExpressionParser(cursor);
  }

  /**
   * Reads a template.
   *
   * @throws TemplateException naming what was read and what was expected, with its line
   */
  public static List<Statement> parse(String template) {
    Parser parser = new Parser(new Cursor(Lexer.tokens(template)));
    List<Statement> body = parser.until(Set.of());
    if (parser.cursor.peek().kind() != Kind.END) {
      throw parser.cursor.unexpected("text or a tag");
    }
    return body;
  }

  /** Statements up to a block that begins with one of these names, which comes next. */
  private List<Statement> until(Set<String> ends) {
    if (++depth > MAX_DEPTH) {
      throw new TemplateException(
          "blocks are nested more than %d deep".formatted(MAX_DEPTH), cursor.line());
    }
    int begin = opened;
    List<Statement> body = new ArrayList<>();
    while (cursor.peek().kind() != Kind.END) {
      Token token = cursor.next();
      if (token.kind() == Kind.DATA) {
        body.add(new Statement.Literal(token.text()));
      } else if (token.kind() == Kind.OUTPUT_BEGIN) {
        body.add(new Statement.Output(expressions.tuple(true), token.line()));
        cursor.expect(Kind.OUTPUT_END, "'}}'");
      } else {
        if (cursor.peek().kind() == Kind.NAME && ends.contains(cursor.peek().text())) {
          depth--;
          opened = begin;
          return List.copyOf(body);
        }
        body.add(statement(ends));
        end();
      }
    }
    if (!ends.isEmpty()) {
      throw new TemplateException(
          "the template ends where %s is missing for the block of line %d"
              .formatted(choices(ends), begin),
          cursor.line());
    }
    depth--;
    return List.copyOf(body);
  }

  private static String choices(Set<String> names) {
    return String.join(
        " or ", names.stream().sorted().map(name -> "'{% " + name + " %}'").toList());
  }

  private void end() {
    cursor.expect(Kind.BLOCK_END, "'%}'");
  }

  private Statement statement(Set<String> ends) {
    Token token = cursor.expect(Kind.NAME, "the name of a block");
    opened = token.line();
    return switch (token.text()) {
      case "if" -> choice(token.line());
      case "for" -> loop(token.line());
      case "set" -> assignment(token.line());
      case "macro" -> macro(token.line());
      case "call" -> callWith(token.line());
      case "filter" -> filter(token.line());
      case "with" -> with(token.line());
      case "generation" -> {
        end();
        yield new Statement.Generation(body("endgeneration"));
      }
      case "break" -> inLoop(token, new Statement.Break());
      case "continue" -> inLoop(token, new Statement.Continue());
      default -> throw unknown(token, ends);
    };
  }

  private Statement inLoop(Token token, Statement statement) {
    if (loops == 0) {
      throw new TemplateException("'%s' stands in no loop".formatted(token.text()), token.line());
    }
    return statement;
  }

  private static TemplateException unknown(Token token, Set<String> ends) {
    if (FILES.contains(token.text())) {
      return new TemplateException(
          "'%s' reaches for other templates, which a chat template cannot".formatted(token.text()),
          token.line());
    }
    return TemplateException.unknown(
        "the block '%s' is unknown".formatted(token.text()),
        token.text(),
        TAGS,
        ends.isEmpty() ? "" : ", and here " + choices(ends),
        token.line());
  }

  /** The rest of a block's body, with the tag that ends it read but for its end. */
  private List<Statement> body(String end) {
    List<Statement> body = until(Set.of(end));
    cursor.next();
    return body;
  }

  private Statement choice(int line) {
    List<Branch> branches = new ArrayList<>();
    int at = line;
    while (true) {
      Expression test = expressions.tuple(false);
      end();
      branches.add(new Branch(test, until(Set.of("elif", "else", "endif")), at));
      at = cursor.line();
      String next = cursor.next().text();
      if (next.equals("endif")) {
        return new Statement.If(List.copyOf(branches), List.of());
      }
      if (next.equals("else")) {
        end();
        return new Statement.If(List.copyOf(branches), body("endif"));
      }
    }
  }

  private Statement loop(int line) {
    Target target = target("in");
    if (!cursor.skipName("in")) {
      throw cursor.unexpected("'in'");
    }
    Expression items = expressions.tuple(false);
    Expression test = cursor.skipName("if") ? expressions.expression() : null;
    if (cursor.isName("recursive")) {
      throw new TemplateException("loops with 'recursive' are not supported", cursor.line());
    }
    end();
    loops++;
    List<Statement> body = until(Set.of("else", "endfor"));
    loops--;
    List<Statement> otherwise = List.of();
    if (cursor.next().isName("else")) {
      end();
      otherwise = body("endfor");
    }
    return new Statement.For(target, items, test, body, otherwise, line);
  }

  /** A name, an attribute of a namespace, or several of them with commas. */
  private Target target(String end) {
    List<Target> targets = new ArrayList<>();
    boolean several = false;
    while (targets.isEmpty() || !(cursor.isName(end) || cursor.isSign(end) || cursor.isSign(")"))) {
      targets.add(oneTarget());
      if (!cursor.skipSign(",")) {
        break;
      }
      several = true;
    }
    return several ? new Statement.Unpacked(List.copyOf(targets)) : targets.get(0);
  }

  private Target oneTarget() {
    if (cursor.skipSign("(")) {
      Target inner = target(")");
      cursor.expectSign(")");
      return inner;
    }
    int line = cursor.line();
    String name = cursor.expectName();
    if (Set.of("true", "false", "none", "True", "False", "None", "loop").contains(name)) {
      throw new TemplateException("'%s' cannot be given a value".formatted(name), line);
    }
    return cursor.skipSign(".")
        ? new Statement.Member(name, cursor.expectName())
        : new Variable(name);
  }

  private Statement assignment(int line) {
    Target target = target("=");
    if (cursor.skipSign("=")) {
      return new Statement.Assign(target, expressions.tuple(true), line);
    }
    Expression filter = new Expression.Name(CAPTURED);
    while (cursor.skipSign("|")) {
      filter = expressions.filter(filter);
    }
    end();
    return new Statement.Capture(target, filter, body("endset"), line);
  }

  private Statement filter(int line) {
    Expression filter = expressions.filter(new Expression.Name(CAPTURED));
    while (cursor.skipSign("|")) {
      filter = expressions.filter(filter);
    }
    end();
    return new Statement.Pass(filter, body("endfilter"), line);
  }

  private Statement with(int line) {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (cursor.peek().kind() != Kind.BLOCK_END) {
      if (!targets.isEmpty()) {
        cursor.expectSign(",");
      }
      targets.add(target("="));
      cursor.expectSign("=");
      values.add(expressions.expression());
    }
    end();
    return new Statement.With(List.copyOf(targets), List.copyOf(values), body("endwith"), line);
  }

  private Statement macro(int line) {
    String name = cursor.expectName();
    Signature signature = signature();
    end();
    return new Statement.Define(name, signature, ownBody("endmacro"), line);
  }

  private Statement callWith(int line) {
    Signature signature = cursor.isSign("(") ? signature() : Signature.NONE;
    if (!(expressions.expression() instanceof Expression.Call call)) {
      throw new TemplateException("'call' wants the call of a macro", line);
    }
    end();
    return new Statement.CallWith(call, signature, ownBody("endcall"), line);
  }

  /** A body in which no loop around it can be left. */
  private List<Statement> ownBody(String end) {
    int around = loops;
    loops = 0;
    List<Statement> body = body(end);
    loops = around;
    return body;
  }

  private Signature signature() {
    List<String> names = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    cursor.expectSign("(");
    while (!cursor.skipSign(")")) {
      if (!names.isEmpty()) {
        cursor.expectSign(",");
      }
      names.add(cursor.expectName());
      if (cursor.skipSign("=")) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw new TemplateException(
            "a parameter without a default follows one that has one", cursor.line());
      }
    }
    return new Signature(List.copyOf(names), List.copyOf(defaults));
  }
}
