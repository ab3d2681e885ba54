package dev.sluice.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FitTest {

  @Port(value = "giver", stage = "Toy", key = "giver")
  interface Giver extends Part {}

  @Kind(value = "silent", doc = "Gives nothing.")
  record Silent() implements Giver {}

  @Kind(value = "speaker", doc = "Gives verdicts on steps.")
  record Speaker() implements Giver {
    @Override
    public Set<Gives> gives() {
      return Set.of(Gives.STEP_SIGNS);
    }
  }

  @Port(value = "taker", stage = "Toy", key = "taker")
  interface Taker extends Part {}

  @Kind(value = "listener", doc = "Needs verdicts on steps.")
  record Listener() implements Taker {
    @Override
    public Set<Need> needs() {
      return Set.of(Need.STEP_SIGNS, Need.REFERENCE);
    }
  }

  /** A block that holds a part and a weight. */
  record Weighted(
      @Key(value = "The giver.", inline = true) Giver giver,
      @Key(value = "Weight.", byDefault = "1") double weight) {}

  /** A config. */
  record Config(@Key("Givers.") List<Weighted> givers, @Key("The taker.") Taker taker) {}

  private static final Fit FIT =
      new Fit(port -> port == Giver.class ? List.of(new Silent(), new Speaker()) : List.of());

  private static List<ConfigMistake> mistakes(Giver... givers) {
    Config config =
        new Config(
            List.of(givers).stream().map(giver -> new Weighted(giver, 1)).toList(), new Listener());
    return FIT.mistakes(PlacedPart.in(config), List.of());
  }

  @Test
  void partsOfAConfig_haveTheirKeys() {
    assertThat(
            PlacedPart.in(
                new Config(
                    List.of(new Weighted(new Silent(), 1), new Weighted(new Speaker(), 2)),
                    new Listener())))
        .containsExactly(
            new PlacedPart("givers[0]", new Silent()),
            new PlacedPart("givers[1]", new Speaker()),
            new PlacedPart("taker", new Listener()));
  }

  @Test
  void needThatOnePartGives_isMet() {
    assertThat(mistakes(new Silent(), new Speaker())).isEmpty();
  }

  @Test
  void needThatNoPartGives_isRefusedWithThePartsThatGiveIt() {
    assertThat(mistakes(new Silent()))
        .containsExactly(
            new ConfigMistake(
                "taker",
                "the taker 'listener' needs a verdict on each step, which the giver 'silent' does not give; 'giver: speaker' does"));
  }

  @Test
  void needThatPartsOfAnEarlierStageGive_isMet() {
    List<PlacedPart> own = List.of(new PlacedPart("taker", new Listener()));
    assertThat(FIT.mistakes(own, List.of(new PlacedPart("giver", new Speaker())))).isEmpty();
    assertThat(FIT.mistakes(own, List.of(new PlacedPart("giver", new Silent())))).hasSize(1);
  }

  /** A table may come from a stage without parts, which may well hold what is needed. */
  @Test
  void needThatNoPortAroundCouldGive_isNotChecked() {
    assertThat(FIT.mistakes(List.of(new PlacedPart("taker", new Listener())), List.of())).isEmpty();
  }

  @Test
  void port_isTheInterfaceThatCarriesIt() {
    assertThat(Fit.port(Speaker.class)).isEqualTo(Giver.class);
    assertThatThrownBy(() -> Fit.port(String.class))
        .hasMessage("java.lang.String implements no interface that carries @Port.");
  }
}
