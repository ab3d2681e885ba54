package dev.sluice.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.jinja.TextTemplate.Use;
import dev.sluice.jinja.value.TemplateException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTemplateTest {
  private static TextTemplate template(String text) {
    return new TextTemplate(text, Map.of("shout", value -> value + "!"));
  }

  private static String render(String text, Map<String, ?> variables) {
    return template(text).render(variables);
  }

  @Test
  void lineBreakAtTheEnd_stays() {
    assertThat(render("a\n", Map.of())).isEqualTo("a\n");
    assertThat(render("a\n\n", Map.of())).isEqualTo("a\n\n");
    assertThat(render("a", Map.of())).isEqualTo("a");
    // That of a block goes, as in the middle of a text.
    assertThat(render("{% if true %}\na\n{% endif %}\n", Map.of())).isEqualTo("a\n");
  }

  @Test
  void value_isNeverReadAsATemplate() {
    assertThat(render("{{ x }}", Map.of("x", "{{ y }}{% raw %}{# #}")))
        .isEqualTo("{{ y }}{% raw %}{# #}");
    assertThat(render("{{ x | shout | upper }}", Map.of("x", "{{ y }}"))).isEqualTo("{{ Y }}!");
    assertThat(render("{{ x | map('shout') | join(' ') }}", Map.of("x", List.of("a", "b"))))
        .isEqualTo("a! b!");
  }

  @Test
  void valueThatIsNotThere_isRefusedWhereItWouldBeWritten() {
    assertThatThrownBy(() -> render("a\n{{ x.y }}", Map.of("x", Map.of("z", 1))))
        .isInstanceOfSatisfying(TemplateException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessageContaining("has no attribute 'y'");
    assertThat(render("{{ x.y | default('none') }}", Map.of("x", Map.of()))).isEqualTo("none");
    assertThat(render("{% if x.y %}a{% else %}b{% endif %}", Map.of("x", Map.of()))).isEqualTo("b");
  }

  /** A name that the template sets somewhere may still be read from outside before. */
  @Test
  void nameThatIsReadBeforeItIsSet_isRead() {
    for (String text :
        List.of(
            "{% set x = x | trim %}{{ x }}",
            "{% set x = x[:3] %}",
            "{{ x }}{% set x = 1 %}",
            "{% if true %}{% set x = 1 %}{% endif %}{{ x }}",
            "{% for x in [1] %}{{ x }}{% endfor %}{{ x }}",
            "{% macro f(x) %}{{ x }}{% endmacro %}{{ f(1) }}{{ x }}",
            "{% with x = x %}{{ x }}{% endwith %}",
            "{% set x %}{{ x }}{% endset %}")) {
      assertThat(template(text).variables()).extracting(Use::name).as(text).containsExactly("x");
    }
    for (String text :
        List.of(
            "{% set x = 1 %}{{ x }}",
            "{% if true %}{% set x = 1 %}{% else %}{% set x = 2 %}{% endif %}{{ x }}",
            "{% for x in [1] %}{{ x }}{% endfor %}",
            "{% macro f(x) %}{{ g(x) }}{% endmacro %}{% macro g(x) %}{{ x }}{% endmacro %}{{ f(1) }}",
            "{% set x %}a{% endset %}{{ x }}")) {
      assertThat(template(text).variables()).as(text).isEmpty();
    }
  }

  @Test
  void namesOfATemplate_areThoseThatItReadsAndDoesNotSet() {
    TextTemplate template =
        template(
            """
            {% set a = b %}
            {% for c, d in e.items() if f %}{{ c ~ d ~ loop.index }}{% endfor %}
            {% macro g(h, i=j) %}{{ h }}{{ i }}{% endmacro %}
            {{ g(k[l], i=m | nope) is n }}{{ [o, (p, q), {'r': s}] if t else -u }}
            {% with v = w %}{{ v.x }}{% endwith %}{% filter shout %}{{ y }}{% endfilter %}
            {{ z.one }} {{ z.two }}
            """);
    assertThat(template.variables())
        .extracting(Use::name)
        .containsExactly(
            "b", "e", "f", "j", "k", "l", "m", "t", "o", "p", "q", "s", "u", "w", "y", "z");
    assertThat(template.variables()).contains(new Use("b", 1), new Use("f", 2), new Use("y", 5));
    assertThat(template.attributes("z")).containsExactly(new Use("one", 6), new Use("two", 6));
    assertThat(template.unknownFilters()).containsExactly(new Use("nope", 4));
    assertThat(template.filters()).contains("shout", "upper");
  }

  @Test
  void time_isNotToBeHad() {
    assertThatThrownBy(() -> render("{{ strftime_now('%Y') }}", Map.of()))
        .hasMessageContaining("would make another text with each run");
  }

  @Test
  void loopWithoutEnd_isSaidOfItsLine() {
    assertThatThrownBy(
            () ->
                render(
                    "a\n{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}",
                    Map.of()))
        .isInstanceOfSatisfying(TemplateException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessageContaining("it does not end");
  }
}
