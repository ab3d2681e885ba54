package dev.sluice.methods.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {

  /** A slash before one of the marks stands for the end of a line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "9 * 2 = $18~#### 18 | 18",
        "9 * 2 = $<<9*2=18>>18~A: 18 | 18",
        "A: 90,000 | 90,000",
        "A: $18.00 | $18.00",
        "so it is \\boxed{18}. | 18",
        "so it is \\boxed{\\frac{1}{2}} of 3 | \\frac{1}{2}",
        "\\boxed{1} was wrong, \\boxed{2} is right | 2",
        "\\boxed{5} and then \\boxed{} | 5",
        "Answer: 18 bolts | 18 bolts",
        "**Answer:** 18 | 18",
        "**Final answer: 18** | 18",
        "Answer: \\boxed{18} | 18",
        "\\boxed{17}~A: 18 | 17",
        "#### 17~#### 18 | 18",
        "The answer is 18. | 18",
        "the final answer is: -3.5. | -3.5",
        "A: -1.8 billion | -1.8 billion",
        "First 12, then 7 of them, so 5. | 5",
        "he has 1,250, and that is all | 1,250",
        "a half is 1/2 | 1/2",
        "For the thirteenth glass he pays 5 * 1 | 1",
        "7 <<3+4=8>> | 7",
        "A: | none",
        "no number here | none",
        "2019-04 is no minus | 04",
        "The answer is **18**. | 18",
        "The answer is `18`. | 18",
        "The answer is \"18\". | 18",
        "The answer is 18 ✅ | 18",
        "✅ Final Answer: **73** | 73",
        "Answer: 18, which is 3 more than 15 | 18",
        "Answer: 27 apples | 27 apples",
        "The answer is (C). | (C)",
        "The answer is 18.~So the answer is consistent. | 18",
        "The answer is 18.~I hope the answer is clear. | 18",
        "So answer is consistent.~Final Answer: 7 | 7",
        "It fell by \u22123 | \u22123",
        "It changed by -$3 | -$3",
        "It changed by $-3 | $-3",
        "<answer>12</answer> | 12",
        "<answer></answer>~#### 12 | 12",
        "The answer is $\\frac{3}{4}$. | $\\frac{3}{4}$",
        "Final answer~The answer is x = 4. | x = 4",
        "the correct answer is B | B",
        "Thus the answer is 5. The check 2 + 3 = 5 holds. | 5",
      })
  void answer_ofAReply(String reply, String answer) {
    assertThat(AnswerReader.read(reply.replace('~', '\n'), "").orElse("none")).isEqualTo(answer);
  }

  @Test
  void box_thatQuotesTheQuestion_isNoAnswer() {
    String question = "Put it into \\boxed{ANSWER}.";
    assertThat(AnswerReader.read("It says \\boxed{ANSWER}. So 4 + 3 = 7", question)).contains("7");
    // The beginning of a quotation is none.
    assertThat(AnswerReader.read("\\boxed{12}; 3 more", "Not \\boxed{123}")).contains("12");
    assertThat(AnswerReader.read("\\boxed{7}, as \\boxed{ANSWER} asks", question)).contains("7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Since 3 > 2, \\boxed{B} | B",
        "\\boxed{A} is wrong, for 3 > 2. So \\boxed{B}. | B",
        "We choose \\boxed{\\text{odd}} | \\text{odd}",
        "The answer is \\boxed{B}. | B",
        "The final answer is $\\boxed{\\frac{1}{2}}$ | \\frac{1}{2}",
        "<think>3 > 2</think><answer>\\boxed{A}</answer> | A",
        "#### \\boxed{A} | A",
        "You offer \\boxed{A} and \\boxed{B}. So 4 + 3 = 7 | 7",
        "You offer \\boxed{A} and \\boxed{B}. Answer: 7 | 7",
        "You offer \\boxed{A} and \\boxed{B}, and I \\boxed{C}. Thus 7. | C",
      })
  void box_ofTheQuestion_isTheAnswerWhereNothingElseFollows(String reply, String answer) {
    String question =
        "Say \\boxed{A} or \\boxed{B}; \\boxed{\\text{odd}} or \\boxed{\\frac{1}{2}}.";
    assertThat(AnswerReader.read(reply, question)).contains(answer);
  }

  @Test
  void replyThatGoesOnForEver_isReadFromItsEnd() {
    assertThat(AnswerReader.read("the answer is ".repeat(20_000) + "7", "")).contains("7");
    assertThat(AnswerReader.read("<answer>".repeat(20_000) + "7</answer>", "")).contains("7");
    assertThat(AnswerReader.read("\\boxed{".repeat(20_000), "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "18 | 18",
        "9 * 2 = 18~#### 18 | 18",
        "so \\boxed{2, 3} | 2, 3",
        "Answer: 1.5e-3 | 1.5e-3",
        "\\frac{3}{4} | \\frac{3}{4}",
        "1 1/2 | 1 1/2",
        "The last column must not be a pivot column 3. | The last column must not be a pivot column 3.",
        "Work: 3 + 4~Answer: 7 | 7",
      })
  void reference_isAValue_notAReply(String reference, String value) {
    assertThat(Reference.read(reference.replace('~', '\n'))).isEqualTo(value);
  }
}
