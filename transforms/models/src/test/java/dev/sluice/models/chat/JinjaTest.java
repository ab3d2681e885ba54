package dev.sluice.models.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.ModelException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The interpreter beside jinja2; the cases are made by {@code src/test/python/chat.py}. */
class JinjaTest {
  private static String render(String template) {
    return JinjaCases.render(template);
  }

  @Test
  void everyCaseIsAsInJinja() throws IOException {
    JsonNode cases;
    try (InputStream in = JinjaTest.class.getResourceAsStream("jinja.json")) {
      cases = new ObjectMapper().readTree(in);
    }
    assertThat(JinjaCases.mismatches(cases)).isEmpty();
    assertThat(cases.size()).isGreaterThan(250);
  }

  @Test
  void aMistakeIsNamedWithItsLineAndWhatIsNear() {
    assertThatThrownBy(() -> render("a\nb\n{{ 'x' | uper }}"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "The chat template t cannot be applied (line 3): there is no filter 'uper' (did you mean 'upper'?); there are: abs, ");
    assertThatThrownBy(() -> render("{% fro x in y %}"))
        .hasMessage(
            "The chat template t cannot be read (line 1): the block 'fro' is unknown (did you mean 'for'?); there are: if, for, set, macro, call, filter, with, generation, break, continue, raw.");
    assertThatThrownBy(() -> render("{% if x %}\ny"))
        .hasMessage(
            "The chat template t cannot be read (line 2): the template ends where '{% elif %}' or '{% else %}' or '{% endif %}' is missing for the block of line 1.");
    assertThatThrownBy(() -> render("{{ a b }}"))
        .hasMessage("The chat template t cannot be read (line 1): expected '}}', but found 'b'.");
    assertThatThrownBy(() -> render("\n{{ raise_exception('No system, please') }}"))
        .hasMessage(
            "The chat template t cannot be applied (line 2): it refuses the conversation: No system, please.");
    assertThatThrownBy(() -> render("{{ messages[0].nope.x }}"))
        .hasMessage(
            "The chat template t cannot be applied (line 1): the dict {'role': 'user', 'content': 'hi'} has no attribute 'nope'.");
    assertThatThrownBy(() -> render("{{ messages.append(1) }}"))
        .hasMessageContaining("a template may not; make a new one, such as list + [item].");
    assertThatThrownBy(() -> render("{% include 'x' %}"))
        .hasMessageContaining("'include' reaches for other templates");
    assertThatThrownBy(() -> render("{{ 'x")).hasMessageContaining("has no end");
    assertThatThrownBy(() -> render("{{ x ")).hasMessageContaining("has no '}}'");
  }

  @Test
  void aHostileTemplateEnds() {
    assertThatThrownBy(
            () ->
                render(
                    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"))
        .hasMessageContaining("it does not end");
    assertThatThrownBy(
            () ->
                render(
                    "{% set ns = namespace(x='a') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}"))
        .hasMessageContaining("a text would have more than 16,000,000 characters");
    assertThatThrownBy(() -> render("{{ 'a' * 99999999999 }}"))
        .hasMessageContaining("a text would have");
    assertThatThrownBy(() -> render("{{ [1] * 99999999 }}"))
        .hasMessageContaining("a list would have");
    assertThatThrownBy(() -> render("{{ 9 ** (9 ** 9) }}")).hasMessageContaining("4,300 digits");
    assertThatThrownBy(() -> render("{{ range(1000000) }}"))
        .hasMessageContaining("more than the 100000 numbers");
    assertThatThrownBy(() -> render("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"))
        .hasMessageContaining("macros call each other more than 64 deep");
    assertThatThrownBy(() -> render("{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}"))
        .hasMessageContaining("nested more than 100 deep");
    assertThatThrownBy(
            () ->
                render(
                    "{% set ns = namespace(x=[]) %}{% for i in range(50000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}"))
        .hasMessageContaining("nested more than 500 deep");
    assertThatThrownBy(
            () ->
                render(
                    "{% set n = namespace(x=[], y=[]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% set n.y = [n.y, n.y] %}{% endfor %}{{ n.x == n.y }}"))
        .hasMessageContaining("too large to be compared");
    assertThatThrownBy(() -> render("{{ 'a'.center(99999999) }}"))
        .hasMessageContaining("a text would have");
  }

  @Test
  void theTimeIsTheClocks() {
    assertThat(
            render("{{ strftime_now('%Y-%m-%d %H:%M:%S %d %b %Y %B %A %j %-d %e %I %p %y %%') }}"))
        .isEqualTo("2026-03-05 14:07:09 05 Mar 2026 March Thursday 064 5  5 02 PM 26 %");
  }
}
