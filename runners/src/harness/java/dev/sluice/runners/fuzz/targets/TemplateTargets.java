package dev.sluice.runners.fuzz.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.models.chat.Chat;
import dev.sluice.models.chat.ChatTemplate;
import dev.sluice.runners.fuzz.inputs.JsonEdits;
import dev.sluice.runners.fuzz.inputs.Repository;
import dev.sluice.runners.fuzz.inputs.TemplateText;
import dev.sluice.runners.fuzz.inputs.WideText;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chat templates, read and applied. */
final class TemplateTargets {
  private static final String FOLDER =
      "transforms/models/src/test/resources/dev/sluice/models/chat/";

  /** Characters of a rendered text at the most. */
  private static final int MAX_RENDERED = 16_000_000;

  private static final ZonedDateTime NOW =
      ZonedDateTime.of(2026, 3, 5, 6, 7, 8, 9_000_000, ZoneOffset.UTC);

  private static final List<String> TAGS =
      List.of(
          "{{ ",
          " }}",
          "{% ",
          " %}",
          "{%- ",
          " -%}",
          "{{- ",
          "{# ",
          " #}",
          "{% if ",
          "{% endif %}",
          "{% for m in messages %}",
          "{% endfor %}",
          "{% set x = ",
          "{% raw %}",
          "{% endraw %}",
          "{% macro m(a) %}",
          "{% endmacro %}",
          "{% else %}",
          "|tojson",
          "|length",
          "|trim",
          ".split(",
          ".items()",
          "messages",
          "message.content",
          "['role']",
          "loop.index0",
          "[1:]",
          "namespace(",
          "raise_exception('no')",
          "range(10)",
          "not ",
          " and ",
          " is defined",
          "'",
          "\"",
          "(",
          ")");

  private TemplateTargets() {}

  static List<Target> all() {
    return List.of(
        Target.named("chat-templates")
            .mutatedTexts(templates(), TAGS)
            .drawn(TemplateText::make)
            .drawn(TemplateText::make)
            .refuses(ModelException.class)
            .covers(
                "dev.sluice.models.chat.*",
                "dev.sluice.jinja.*",
                "dev.sluice.jinja.syntax.*",
                "dev.sluice.jinja.value.*")
            .reads(TemplateTargets::reader));
  }

  private static List<String> templates() {
    List<String> all = new ArrayList<>(Repository.texts(FOLDER, ".jinja", 8000));
    JsonEdits.tree(Repository.text(FOLDER + "jinja.json"))
        .forEach(each -> all.add(each.path("template").asText()));
    JsonEdits.tree(Repository.text(FOLDER + "templates.json"))
        .forEach(
            each -> all.add(each.isTextual() ? each.asText() : each.path("template").asText()));
    all.removeIf(String::isEmpty);
    return all;
  }

  private static Target.Reader reader() {
    List<Chat> chats = new ArrayList<>();
    for (JsonNode each : JsonEdits.tree(Repository.text(FOLDER + "conversations.json"))) {
      ObjectNode variables =
          each.path("variables") instanceof ObjectNode object
              ? object
              : JsonNodeFactory.instance.objectNode();
      chats.add(
          new Chat(
              each.path("messages"),
              each.path("tools"),
              JsonNodeFactory.instance.nullNode(),
              each.path("add_generation_prompt").asBoolean(),
              variables));
    }
    return input -> {
      String text = WideText.text(input);
      ChatTemplate template = new ChatTemplate(text, "of the model", () -> NOW);
      Chat chat = chats.get(Math.floorMod(text.hashCode(), chats.size()));
      String rendered = template.render(chat, Map.of("bos_token", "<s>", "eos_token", "</s>"));
      Broken.unless(
          rendered.length() <= MAX_RENDERED, "%d characters are rendered.", rendered.length());
      return true;
    };
  }
}
