package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The version of a part is in what a fingerprint sees from 2 on, and in nothing else. */
class PartVersionTest {
  @Port("rule")
  interface Rule extends Part {}

  @Kind(value = "first", doc = "Never changed.")
  record First(@Key(value = "Weight.", byDefault = "1.0") double weight) implements Rule {}

  @Kind(value = "mended", doc = "Changed once.")
  record Mended(@Key(value = "Weight.", byDefault = "1.0") double weight) implements Rule {
    @Override
    public int version() {
      return 2;
    }
  }

  record Config(
      @Key(value = "By default one that changed.", byDefault = "{kind: mended}") Rule main,
      @Key(value = "Others.", byDefault = "[]", extent = true) List<Rule> others) {}

  private static ConfigTexts texts(Rule main, Rule... others) {
    return ConfigTexts.of(new Config(main, List.of(others)), Map.of());
  }

  @Test
  void decisive_partOfVersionOne_holdsNoVersion() {
    assertThat(texts(new First(1)).decisive()).isEqualTo("{\"main\":{\"kind\":\"first\"}}");
    assertThat(texts(new First(2)).semantic())
        .isEqualTo("{\"main\":{\"kind\":\"first\",\"weight\":2},\"others\":[]}");
  }

  @Test
  void decisive_partOfVersionTwoAtItsDefault_holdsTheVersion() {
    ConfigTexts texts = texts(new Mended(1));
    String main = "{\"main\":{\"@version\":2,\"kind\":\"mended\"}}";
    assertThat(texts.decisive()).isEqualTo(main);
    assertThat(texts.decisiveOfUnit()).isEqualTo(main);
    assertThat(texts.semanticOfUnit())
        .isEqualTo("{\"main\":{\"@version\":2,\"kind\":\"mended\",\"weight\":1}}");
  }

  @Test
  void decisive_partInAList_holdsTheVersion() {
    assertThat(texts(new First(1), new First(1), new Mended(3)).decisive())
        .isEqualTo(
            "{\"main\":{\"kind\":\"first\"},\"others\":[{\"kind\":\"first\"},{\"@version\":2,\"kind\":\"mended\",\"weight\":3}]}");
  }

  @Test
  void full_anyPart_holdsWhatAFileMayWrite() {
    assertThat(texts(new Mended(1)).full())
        .isEqualTo("{\"main\":{\"kind\":\"mended\",\"weight\":1},\"others\":[]}");
  }
}
