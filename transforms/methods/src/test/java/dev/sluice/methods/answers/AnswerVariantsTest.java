package dev.sluice.methods.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References of every kind, with all spellings and near misses that are made from them. */
class AnswerVariantsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18",
        "0",
        "-7",
        "65000",
        "1,234,567",
        "3.25",
        "-0.125",
        "7/8",
        "-\\frac{3}{16}",
        "\\frac{5}{7}",
        "2\\frac{1}{4}",
        "27 apples",
        "9 (paper clips)",
        "12 cm",
        "40 minutes",
        "3 kg",
        "50\\%",
        "30^{\\circ}",
        "\\sqrt{7}",
        "$\\frac{3\\sqrt{5}}{2}$",
        "$2\\pi$",
        "$\\frac{7 \\pi}{12}$",
        "$2x+1$",
        "$x^{2}-5 x y+y^{2}$",
        "$\\frac{a+b}{a-b}$",
        "$3 e^{-2 t} \\sin 5 t$",
        "$\\ln (x+4)$",
        "(3, -4)",
        "$(2, 5]$",
        "$[-1, \\sqrt{2})$",
        "$(-\\infty, 4)$",
        "$\\left(\\frac{1}{2}, \\frac{3}{4}, 2\\right)$",
        "3, 11, 19",
        "$\\{2,4,6\\}$",
        "$x=13$",
        "$y=3 x-7$",
        "$4 x+3 y=12$",
        "$x<-3$",
        "$x \\geq 8$",
        "$\\{x \\mid x>6\\}$",
        "C",
        "blue",
        "the third caller",
        "$\\binom{9}{2}$",
        "$\\frac{12 !}{3 ! 4 !}$",
        "$\\lfloor n / 3\\rfloor+2$",
        "$\\left[\\begin{array}{rr}1 & -2 \\\\ 3 & 4\\end{array}\\right]$",
        "$\\log _{2} 6$",
        "$|x-3|$",
        "$P=\\frac{5}{12} \\approx 0.417$"
      })
  void spellingsMatch_andNearMissesDoNot(String reference) {
    assertThat(AnswerEquality.reads(reference)).isTrue();
    assertThat(AnswerSpellings.of(reference))
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(
            (rule, text) -> assertThat(AnswerEquality.matches(reference, text)).as(text).isTrue());
    assertThat(AnswerNearMisses.of(reference))
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(
            (rule, text) -> assertThat(AnswerEquality.matches(reference, text)).as(text).isFalse());
  }
}
