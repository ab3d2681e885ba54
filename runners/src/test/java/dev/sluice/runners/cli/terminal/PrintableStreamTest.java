package dev.sluice.runners.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model or a server writes does nothing to the terminal that shows it. */
class PrintableStreamTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintableStream stream =
      new PrintableStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "001b,\\u001b",
        "0007,\\u0007",
        "0008,\\u0008",
        "000d,\\u000d",
        "007f,\\u007f",
        "009b,\\u009b",
        "0085,\\u0085",
        "202e,\\u202e",
        "2067,\\u2067",
        "200f,\\u200f",
        "feff,\\ufeff",
        "0000,\\u0000"
      })
  void characterThatATerminalActsOn_isShown(String code, String expected) {
    char character = (char) Integer.parseInt(code, 16);
    stream.print("a" + character);
    stream.printf(Locale.ROOT, "%s%c%d", "b" + character, character, 7);
    stream.print(character);
    stream.append("c" + character).append(character);
    stream.print((Object) ("d" + character));
    stream.print(new char[] {'e', character});
    assertThat(shown()).isEqualTo("aXbXX7XcXXdXeX".replace("X", expected));
  }

  @Test
  void ordinaryText_staysAsItIs() {
    String text = "äöü \u4e2d\u6587 \uD83D\uDE00 e\u0301 \u200d\t|\n{\"a\": \"\\u001b\"}";
    stream.println(text);
    stream.println((Object) text);
    stream.println('x');
    stream.println(new char[] {'y'});
    stream.println(12);
    assertThat(shown()).isEqualTo(text + "\n" + text + "\nx\ny\n12\n");
  }

  @Test
  void cursorOfTheProgramItself_stillMoves() {
    new Terminal(stream, stream, 80).eraseLine();
    stream.print("\r\u001b[K");
    assertThat(shown()).isEqualTo("\r\u001b[K\\u000d\\u001b[K");
  }
}
