package dev.sluice.export.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScrubberTest {
  private static String scrub(String text) {
    return new Scrubber().scrub(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Write to anna.b-c+news@mail.example.co.uk. | Write to [EMAIL].",
        "<joe@x.com>, 'o.k@y.de' | <[EMAIL]>, '[EMAIL]'",
        "JOE@EXAMPLE.ORG | [EMAIL]",
        "müller@größe.de and 邮箱joe@x.com吗 | [EMAIL] and 邮箱[EMAIL]吗",
        "see...joe@x.com | see...[EMAIL]",
        "mailto:joe@x.com?subject=a | mailto:[EMAIL]?subject=a",
        "a@x.com b@y.com,c@z.com | [EMAIL] [EMAIL],[EMAIL]",
        "joe@münchen.de, j@xn--mnchen-3ya.de | [EMAIL], [EMAIL]",
        "{\"mail\":\"joe@x.io\"} | {\"mail\":\"[EMAIL]\"}",
      })
  void scrub_email_isReplaced(String text, String scrubbed) {
    assertThat(scrub(text)).isEqualTo(scrubbed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Call +1 202-555-0123 now. | Call [PHONE] now.",
        "Call +1 (202) 555-0123, or +1-202-555-0123. | Call [PHONE], or [PHONE].",
        "+12025550123 | [PHONE]",
        "+49 30 1234567; +49 (0)30 1234567 | [PHONE]; [PHONE]",
        "+49 30/1234567 | [PHONE]",
        "Tel.: +44 20 7946 0958 (office) | Tel.: [PHONE] (office)",
        "tel:+4915112345678 | tel:[PHONE]",
        "+33 6 12 34 56 78 | [PHONE]",
        "+33.6.12.34.56.78. Bye | [PHONE]. Bye",
        "+39 06 6982 and +39 06 698 84857 | +39 06 6982 and [PHONE]",
        "+91 98765 43210, +86 138 0013 8000, +81 3-1234-5678 | [PHONE], [PHONE], [PHONE]",
        "(+971 50 123 4567) | ([PHONE])",
        "+1 202 555 0123 2 times | [PHONE] 2 times",
        "+4915112345678 +4915112345679 | [PHONE] [PHONE]",
        "☎+4915112345678 | ☎[PHONE]",
      })
  void scrub_phone_isReplaced(String text, String scrubbed) {
    assertThat(scrub(text)).isEqualTo(scrubbed);
  }

  @Test
  void scrub_tablesAndElements_areReplacedWithin() {
    assertThat(scrub("| Ann | +49 30 1234567 | 4111 1111 1111 1111 |"))
        .isEqualTo("| Ann | [PHONE] | [CARD] |");
    assertThat(scrub("<td class=\"a\">+49 30 1234567</td><td>joe@x.com</td>"))
        .isEqualTo("<td class=\"a\">[PHONE]</td><td>[EMAIL]</td>");
    assertThat(scrub("[joe@x.com](mailto:joe@x.com)")).isEqualTo("[[EMAIL]](mailto:[EMAIL])");
  }

  /** Where words have no spaces between them. */
  @Test
  void scrub_matchesWithinChineseText_areReplaced() {
    String key = Samples.secrets().get("openai");
    assertThat(
            scrub(
                "电话+8613800138000，卡号4111 1111 1111 1111号，地址93.184.216.34号，账号DE89370400440532013000号，密钥"
                    + key
                    + "。"))
        .isEqualTo("电话[PHONE]，卡号[CARD]号，地址[IP]号，账号[IBAN]号，密钥[SECRET]。");
  }

  @Test
  void scrub_listOfPhones_isReplaced() {
    assertThat(scrub("Phones:\n- +49 30 1234567\n* +44 20 7946 0958\n  - +12025550123"))
        .isEqualTo("Phones:\n- [PHONE]\n* [PHONE]\n  - [PHONE]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4111 1111 1111 1111 | [CARD]",
        "It is 5500 0055 5555 5559, I think | It is [CARD], I think",
        "3782 822463 10005 and 3056 930902 5904 | [CARD] and [CARD]",
        "6011 1111 1111 1117; 3530 1113 3330 0000 | [CARD]; [CARD]",
        "my card: 4111111111111111 | my card: [CARD]",
        "card_number=\"4111-1111-1111-1111\" | card_number=\"[CARD]\"",
        "Visa 4222222222222, exp 12/27 | Visa [CARD], exp 12/27",
        "Visa 4111 1111 1111 1111 12/27 | Visa [CARD] 12/27",
        "cards: 4111111111111111, 5500005555555559 | cards: [CARD], [CARD]",
        "Mastercard 2223003122003222 | Mastercard [CARD]",
      })
  void scrub_card_isReplaced(String text, String scrubbed) {
    assertThat(scrub(text)).isEqualTo(scrubbed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DE89370400440532013000 | [IBAN]",
        "IBAN: DE89 3704 0044 0532 0130 00. | IBAN: [IBAN].",
        "GB82 WEST 1234 5698 7654 32 | [IBAN]",
        "FR14 2004 1010 0505 0001 3M02 606 or NO9386011117947 | [IBAN] or [IBAN]",
      })
  void scrub_iban_isReplaced(String text, String scrubbed) {
    assertThat(scrub(text)).isEqualTo(scrubbed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from 93.184.216.34. | from [IP].",
        "http://93.184.216.34:8080/a | http://[IP]:8080/a",
        "https://93.184.216.34/a and ip=93.184.216.34 | https://[IP]/a and ip=[IP]",
        "user@93.184.216.34 | user@[IP]",
        "the server 8.8.8.8 | the server [IP]",
        "[203.0.112.9] | [[IP]]",
        "SSN 123-45-6789 | SSN [SSN]",
        "Her social security number is 219 09 9999. | Her social security number is [SSN].",
        "{\"ssn\":\"078-05-1120\"} | {\"ssn\":\"[SSN]\"}",
      })
  void scrub_addressOrNumber_isReplaced(String text, String scrubbed) {
    assertThat(scrub(text)).isEqualTo(scrubbed);
  }

  static Set<Map.Entry<String, String>> secrets() {
    return Samples.secrets().entrySet();
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void scrub_secret_isReplaced(Map.Entry<String, String> secret) {
    String value = secret.getValue();
    assertThat(scrub(value)).isEqualTo("[SECRET]");
    assertThat(scrub("key=\"" + value + "\", next")).isEqualTo("key=\"[SECRET]\", next");
    assertThat(scrub("Take " + value + ". Then go.")).isEqualTo("Take [SECRET]. Then go.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres://joe:hunter2@db.example.com:5432/x | postgres://joe:[SECRET]@db.example.com:5432/x",
        "redis://:s3cr:et@h/0 | redis://:[SECRET]@h/0",
        "AWS_SECRET_ACCESS_KEY = \"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\" | AWS_SECRET_ACCESS_KEY = \"[SECRET]\"",
        "aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY; | aws_secret_access_key=[SECRET];",
      })
  void scrub_password_isReplacedAndItsPlaceKept(String text, String scrubbed) {
    assertThat(scrub(text)).isEqualTo(scrubbed);
  }

  @Test
  void scrub_keyThatWasCutOff_isReplacedAsFarAsItGoes() {
    String key = Samples.privateKey("PRIVATE KEY");
    String cut = key.substring(0, key.length() - 40);
    assertThat(scrub("Here: " + cut)).isEqualTo("Here: [SECRET]");
    assertThat(scrub("Here: " + cut + " and more.")).isEqualTo("Here: [SECRET] and more.");
  }

  @Test
  void counts_areByKind() {
    Scrubber scrubber = new Scrubber();
    assertThat(scrubber.counts()).isEmpty();
    scrubber.scrub("a@x.com, b@x.com, 93.184.216.34");
    scrubber.scrub("nothing");
    scrubber.scrub("c@x.com");
    assertThat(scrubber.counts())
        .containsExactly(Map.entry(Kind.EMAIL, 3L), Map.entry(Kind.IP, 1L));
  }

  @Test
  void scrub_textWithNothing_isTheSameObject() {
    String text = new String("Anna has 3 apples.".toCharArray());
    assertThat(scrub(text)).isSameAs(text);
  }
}
