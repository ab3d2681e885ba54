package dev.sluice.models.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.jinja.Interpreter;
import dev.sluice.jinja.syntax.Parser;
import dev.sluice.jinja.syntax.Statement;
import dev.sluice.jinja.value.Dict;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.models.ModelException;
import dev.sluice.records.Names;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The chat template of a model. Safe for several threads.
 *
 * <p>As {@code apply_chat_template} of transformers: keys of a message that are null are left out,
 * and reasoning is found under each of the names that templates read it by.
 */
public final class ChatTemplate {
  private static final List<String> REASONING =
      List.of("reasoning_content", "thinking", "reasoning");

  private final String source;
  private final List<Statement> body;
  private final Supplier<ZonedDateTime> clock;

  /**
   * Reads a template.
   *
   * @param source named in errors
   * @param clock what time it is, for templates that ask ({@code strftime_now})
   * @throws ModelException naming the line, what was read and what was expected
   */
  public ChatTemplate(String template, String source, Supplier<ZonedDateTime> clock) {
    this.source = source;
    this.clock = clock;
    try {
      body = Parser.parse(template);
    } catch (TemplateException e) {
      throw failed("cannot be read", e);
    } catch (StackOverflowError e) {
      throw new ModelException(
          "The chat template %s cannot be read: it is nested too deeply.".formatted(source), e);
    }
  }

  /**
   * The text of a conversation.
   *
   * @param chat what the template is given
   * @param special {@code bos_token} and the like
   * @throws ModelException if the template refuses it or goes wrong, naming the line
   */
  public String render(Chat chat, Map<String, String> special) {
    Map<String, Object> variables = new HashMap<>(special);
    chat.variables().fields().forEachRemaining(e -> variables.put(e.getKey(), value(e.getValue())));
    variables.put("messages", messages(chat.messages()));
    variables.put("tools", value(chat.tools()));
    variables.put("documents", value(chat.documents()));
    variables.put("add_generation_prompt", chat.addGenerationPrompt());
    return render(variables);
  }

  /** With variables as the interpreter has them. */
  String render(Map<String, Object> variables) {
    try {
      return Interpreter.run(body, variables, clock);
    } catch (TemplateException e) {
      throw failed("cannot be applied", e);
    } catch (StackOverflowError e) {
      throw new ModelException(
          "The chat template %s cannot be applied: its values are nested too deeply."
              .formatted(source),
          e);
    }
  }

  private ModelException failed(String what, TemplateException e) {
    return new ModelException(
        "The chat template %s %s%s: %s."
            .formatted(
                source,
                what,
                e.line() > 0 ? " (line " + e.line() + ")" : "",
                e.message(Names::nearest)),
        e);
  }

  private static List<Object> messages(JsonNode messages) {
    List<Object> out = new ArrayList<>();
    for (JsonNode message : messages) {
      Dict dict = new Dict();
      JsonNode reasoning =
          REASONING.stream()
              .map(message::path)
              .filter(node -> !node.isMissingNode() && !node.isNull())
              .findFirst()
              .orElse(null);
      if (reasoning != null) {
        dict.with("thinking", value(reasoning));
      }
      message
          .fields()
          .forEachRemaining(
              e -> {
                if (!e.getValue().isNull()) {
                  dict.with(e.getKey(), value(e.getValue()));
                }
              });
      if (reasoning != null) {
        dict.with("reasoning_content", value(reasoning));
      }
      out.add(dict);
    }
    return out;
  }

  /** JSON as a value of a template. */
  static Object value(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      return node.bigIntegerValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(value(item)));
      return List.copyOf(list);
    }
    if (node.isObject()) {
      Dict dict = new Dict();
      node.fields().forEachRemaining(e -> dict.with(e.getKey(), value(e.getValue())));
      return dict;
    }
    return None.NONE;
  }
}
