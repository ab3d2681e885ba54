package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.records.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
      @Key(value = "Others.", byDefault = "[]", incremental = true) List<Rule> others) {}

  private static ConfigTexts texts(Rule main, Rule... others) {
    return ConfigTexts.of(new Config(main, List.of(others)), Map.of());
  }

  @Test
  void decisive_partOfVersionOne_holdsNoVersion() {
    assertThat(texts(new First(1)).decisive()).isEqualTo("{\"main\":{\"kind\":\"first\"}}");
    assertThat(Json.line(texts(new First(2)).semantic()))
        .isEqualTo("{\"main\":{\"kind\":\"first\",\"weight\":2},\"others\":[]}");
  }

  @Test
  void decisive_partOfVersionTwoAtItsDefault_holdsTheVersion() {
    ConfigTexts texts = texts(new Mended(1));
    String main = "{\"main\":{\"@version\":2,\"kind\":\"mended\"}}";
    assertThat(texts.decisive()).isEqualTo(main);
    assertThat(texts.decisiveOfUnit()).isEqualTo(main);
    assertThat(Json.line(texts.semanticOfUnit()))
        .isEqualTo("{\"main\":{\"@version\":2,\"kind\":\"mended\",\"weight\":1}}");
  }

  @Test
  void decisive_partInAList_holdsTheVersion() {
    assertThat(texts(new First(1), new First(1), new Mended(3)).decisive())
        .isEqualTo(
            "{\"main\":{\"kind\":\"first\"},\"others\":[{\"kind\":\"first\"},{\"@version\":2,\"kind\":\"mended\",\"weight\":3}]}");
  }

  /** Keys of a part that was a word once. */
  record Flat(
      @Key(value = "By default one that never changed.", byDefault = "first", flat = true)
          Rule main,
      @Key(value = "Another, with keys of the same names.", byDefault = "first", flat = true)
          Rule other,
      @Key(value = "Words.", byDefault = "[]", flat = true) List<Rule> others) {}

  private static ConfigTexts flat(Rule main, Rule other, Rule... others) {
    return ConfigTexts.of(new Flat(main, other, List.of(others)), Map.of());
  }

  @Test
  void decisive_flatPart_hasItsKeysAndItsVersionBesideIt() {
    assertThat(flat(new First(1), new First(1)).decisive()).isEqualTo("{}");
    assertThat(flat(new Mended(2), new First(1)).decisive())
        .isEqualTo("{\"main\":\"mended\",\"main.@version\":2,\"weight\":2}");
  }

  /** Else two parts would write one key, and one fingerprint would stand for two configs. */
  @Test
  void decisive_flatPartWithAKeyOfAnother_isABlock() {
    assertThat(flat(new First(2), new Mended(3), new First(1), new Mended(1)).decisive())
        .isEqualTo(
            "{\"other\":{\"@version\":2,\"kind\":\"mended\",\"weight\":3},\"others\":[\"first\",{\"@version\":2,\"kind\":\"mended\"}],\"weight\":2}");
  }

  @Test
  void flatConfig_isReadAsItWasWritten() {
    Flat config = new Flat(new First(2), new Mended(3), List.of(new First(1)));
    Findings findings = new Findings();
    YamlNode node =
        Objects.requireNonNull(
            YamlReader.read("x", ConfigTexts.of(config, Map.of()).full(), findings));
    assertThat(new Binder(findings).block(Flat.class, (YamlNode.Mapping) node, Set.of()))
        .isEqualTo(config);
    assertThat(findings.count()).isZero();
  }

  @Test
  void full_anyPart_holdsWhatAFileMayWrite() {
    assertThat(texts(new Mended(1)).full())
        .isEqualTo("{\"main\":{\"kind\":\"mended\",\"weight\":1},\"others\":[]}");
  }
}
