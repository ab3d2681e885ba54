package dev.sluice.records.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.config.Key;
import dev.sluice.records.schema.FieldType.Scalar;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {
  enum Mode {
    FAST_ONE,
    SLOW
  }

  private record Inner(long id) {
    Inner {
      if (id < 0) {
        throw new IllegalArgumentException("An id is at least 0.");
      }
    }
  }

  private record Outer(
      @Key("The mode.") Mode speedMode,
      @Nullable Integer maxTokens,
      @Column("The texts.") List<String> texts,
      Map<String, Inner> inner,
      @Nullable Instant time,
      Object any,
      Set<String> other) {}

  private static final RecordSchema<Outer> OUTER = RecordSchema.of(Outer.class);

  @Test
  void fields_ofARecord_haveNamesAndTypes() {
    assertThat(OUTER.names())
        .containsExactly("speed_mode", "max_tokens", "texts", "inner", "time", "any", "other");
    assertThat(OUTER.fields().stream().map(RecordSchema.Field::type).limit(6))
        .containsExactly(
            new FieldType.Choice(Mode.class),
            Scalar.INT,
            new FieldType.Items(Scalar.TEXT),
            new FieldType.Entries(new FieldType.Block(Inner.class)),
            Scalar.INSTANT,
            Scalar.ANY);
    assertThat(OUTER.fields().get(6).type()).isInstanceOf(FieldType.Other.class);
    assertThat(OUTER.fields().stream().filter(RecordSchema.Field::nullable))
        .extracting(RecordSchema.Field::name)
        .containsExactly("max_tokens", "time");
    assertThat(OUTER.fields().stream().filter(field -> field.key() != null)).hasSize(1);
    assertThat(OUTER.fields().stream().filter(field -> field.column() != null)).hasSize(1);
    assertThat(RecordSchema.of(Outer.class)).isSameAs(OUTER);
  }

  @Test
  void record_thatIsTakenApart_isMadeAgain() {
    Outer outer =
        new Outer(Mode.SLOW, null, List.of("a"), Map.of("b", new Inner(1)), null, 2, Set.of());
    assertThat(OUTER.make(OUTER.fields().stream().map(field -> field.get(outer)).toArray()))
        .isEqualTo(outer);
  }

  @Test
  void make_whatTheConstructorThrows_isPassedOn() {
    assertThatThrownBy(() -> RecordSchema.of(Inner.class).make(new Object[] {-1L}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An id is at least 0.");
  }

  @Test
  void choice_wordOfAConstant_findsIt() {
    FieldType.Choice mode = new FieldType.Choice(Mode.class);
    assertThat(mode.words()).containsExactly("fast_one", "slow");
    assertThat(mode.constant("fast_one")).isEqualTo(Mode.FAST_ONE);
    assertThat(mode.constant("FAST_ONE")).isNull();
  }
}
