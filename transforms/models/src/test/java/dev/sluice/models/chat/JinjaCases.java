package dev.sluice.models.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.jinja.value.Dict;
import dev.sluice.models.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Templates with what jinja2 makes of them; by hand on the files of {@code jinja_fuzz.py}. */
final class JinjaCases {
  static final ZonedDateTime NOW = ZonedDateTime.of(2026, 3, 5, 14, 7, 9, 0, ZoneOffset.UTC);

  private static final int MAX_SHOWN = 400;

  private JinjaCases() {}

  static String render(String template) {
    Object message = new Dict().with("role", "user").with("content", "hi");
    return new ChatTemplate(template, "t", () -> NOW).render(Map.of("messages", List.of(message)));
  }

  private static String render(JsonNode each) {
    if (!each.has("messages")) {
      return render(each.path("template").asText());
    }
    Chat chat =
        new Chat(
            each.path("messages"),
            each.path("tools"),
            new ObjectMapper().nullNode(),
            each.path("add_generation_prompt").asBoolean(),
            (ObjectNode) each.path("variables"));
    Map<String, String> special = Map.of("bos_token", "<s>", "eos_token", "</s>");
    return new ChatTemplate(each.path("template").asText(), "t", () -> NOW).render(chat, special);
  }

  /** What is not as in jinja2. */
  static List<String> mismatches(JsonNode cases) {
    List<String> wrong = new ArrayList<>();
    for (JsonNode each : cases) {
      String expected = each.has("error") ? "(an error)" : each.path("text").asText();
      String actual;
      try {
        actual = render(each);
      } catch (ModelException e) {
        actual = "(an error)" + (each.has("error") ? "" : e.getMessage());
      }
      if (!actual.equals(expected)) {
        wrong.add(
            "%s%n  jinja2: %s%n  here:   %s"
                .formatted(
                    each.path("name").asText(each.path("template").asText()), expected, actual));
      }
    }
    return wrong;
  }

  public static void main(String[] files) throws Exception {
    for (String file : files) {
      JsonNode cases = new ObjectMapper().readTree(Files.readString(Path.of(file)));
      List<String> wrong = mismatches(cases);
      wrong.stream().limit(MAX_SHOWN).forEach(System.out::println);
      System.out.printf("%s: %d of %d differ%n", file, wrong.size(), cases.size());
    }
  }
}
