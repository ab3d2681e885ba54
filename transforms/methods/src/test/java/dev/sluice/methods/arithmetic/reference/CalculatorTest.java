package dev.sluice.methods.arithmetic.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.arithmetic.reference.Calculator.Check;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalculatorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "she has 16 - 3 = <<16-3=13>>13 left | HOLDS",
        "she has 16 - 3 = <<16-3=14>>14 left | FAILS",
        "it takes 2*1/2=<<2*1/2=1.0>>1 bolt | HOLDS",
        "a third: <<10/3=3.33>>3.33 | HOLDS",
        "cut, not rounded: <<20/3=6.66>>6.66 | HOLDS",
        "too far: <<20/3=6.65>>6.65 | FAILS",
        "<<10/3=3>>3 | FAILS",
        "130,000*.15 = $<<130000*.15=19500.0>>195,000 | HOLDS",
        "<<(2+3)*4=20>>20 and <<2+3*4=14>>14 | HOLDS",
        "<<(2+3)*4=20>>20 and <<2+3*4=20>>20 | FAILS",
        "<<5-8=-3>>-3 | HOLDS",
        "<<-5+8=3>>3 | HOLDS",
        "<<80000*150%=120000>>120,000 | HOLDS",
        "<<80,000+50,000=130,000>>130,000 | HOLDS",
        "<<1/0=5>>5 | NOTHING",
        "<<what=5>>5 | NOTHING",
        "no arithmetic at all | NOTHING",
        "x = 5 | NOTHING",
        "so 16 - 3 = 13 are left | HOLDS",
        "so 16 - 3 = 12 are left | FAILS",
        "2 x $4.50 = $9 | HOLDS",
        "2 × 4 ÷ 8 = 1 | HOLDS",
        "(2 + 3) * 4 = 20 | HOLDS",
        "he paid $1,000 + $250 = $1,250. | HOLDS",
        "the answer is 5-8=-3 | HOLDS",
        "A: 18 | NOTHING",
        "half a piece: <<3/4=3/4>>3/4 | NOTHING",
        "After that he had 5 - 1 - 1/2 = 3 1/2 hours left. | NOTHING",
        "W = 1 1/2 / 1/2 = 3 episodes | NOTHING",
        "27(1/3)=9 | NOTHING",
        "so 3x + 4 - 4 = 28 | NOTHING",
        "the chances are 3 / 6 = 50% | NOTHING",
        "she paid $350 000 + $500 = $350 500 | NOTHING",
        "1 - 3/5 = 2/5 of his land | NOTHING",
        "60g * 4/5 = 240g/5 = 48 grams | NOTHING",
        "So she has $32 - $20 = $300 left. | FAILS",
      })
  void recomputes(String line, Check check) {
    assertThat(Calculator.check(line)).isEqualTo(check);
  }

  @Test
  void looksAtEveryLineByItself() {
    assertThat(Calculator.check(List.of("<<1+1=2>>2", "<<2+2=5>>5", "A: 5")))
        .containsExactly(Check.HOLDS, Check.FAILS, Check.NOTHING);
  }

  @Test
  void isNotOverthrownByParenthesesWithoutEnd() {
    assertThat(Calculator.check("<<" + "(".repeat(100_000) + "1=1>>1")).isEqualTo(Check.NOTHING);
  }
}
