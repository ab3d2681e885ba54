package dev.sluice.export.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks alike, and is kept. */
class ScrubberNearMissTest {
  private static void assertKept(String text) {
    assertThat(new Scrubber().scrub(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A@B.T is a product of matrices",
        "x = w@v.sum() + q@k.de[0]",
        "@property and @app.route",
        "3 apples @ 2.50 each",
        "joe@localhost, joe@x, joe@.com, @x.com, joe@x..com",
        "joe@-x.com joe@x-.com",
        "joe@x.nodomain",
        "a@b.Com",
        "user.@x.com",
        "f@x.com(1)",
        "a@b@c.com@",
      })
  void scrub_noEmail_isKept(String text) {
    assertKept(text);
  }

  @Test
  void scrub_localPartLongerThanAnyAddressHas_isKept() {
    assertKept("a".repeat(65) + "@x.com");
    assertThat(new Scrubber().scrub("a".repeat(64) + "@x.com")).isEqualTo("[EMAIL]");
    assertKept("a@" + "b".repeat(64) + ".com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30 1234567, 030/1234567, 555-0123, (202) 555-0123",
        "2+4915112345678",
        "2 +4915112345678",
        "x +4915112345678",
        "= +4915112345678",
        "$+4915112345678$",
        "+4915112345678 * 3",
        "+4915112345678 + 3",
        "+4915112345678.5",
        "+49,151,123,456",
        "+49 30 1234567 = x",
        "+49123456.7890",
        "+49-7123456",
        "+49/7123456",
        "+1 000 000 000",
        "+10 000 000 000",
        "+1 102 555 0123",
        "+1 202 155 0123",
        "+1 202 555 012",
        "+999 12345678",
        "+0 202 555 0123",
        "+44 020 7946 0958 12345",
        "GMT+5, UTC+02:00, +0200",
        "\\frac{1}{+4915112345678}",
        "|+4915112345678|",
        "x>+4915112345678, +4915112345678<x, a<b>+4915112345678",
        "5 \\cdot (+4915112345678)^2",
        "+1234567",
        "+1234567890123456",
        "C++ 17, +5 and +10 points",
      })
  void scrub_noPhone_isKept(String text) {
    assertKept(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111 1111 1111 1112",
        "my card: 4111111111111112",
        "4111111111111111",
        "What is 4111-1111-1111-1111?",
        "4111 1111 1111 1111 + 1",
        "4111 1111 1111 1111 1111",
        "12 4111 1111 1111 1111",
        "4111 1111 1111 1111 \\\\ 1 2 3 4",
        "4111 & 1111 & 1111 & 1111",
        "41 11111 1111 11111",
        "card 0.4111111111111111",
        "card 4111111111111111.5",
        "card 4,111,111,111,111,111",
        "card 9999 9999 9999 9995",
        "card x4111111111111111",
        "card 4111 1111-1111 1111",
        "cardinality 4111111111111111",
        "card 3714496353984312",
      })
  void scrub_noCard_isKept(String text) {
    assertKept(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DE89370400440532013001",
        "DE8937040044053201300",
        "DE893704004405320130000",
        "XX89370400440532013000",
        "ADE89370400440532013000",
        "de89370400440532013000",
        "DE89 3704 0044 0532 013000",
        "DE89-3704-0044-0532-0130-00",
        "AB12, NO93, GB82 WEST",
      })
  void scrub_noIban_isKept(String text) {
    assertKept(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1, 192.168.1.10, 172.16.0.1, 127.0.0.1, 169.254.1.1, 100.64.0.1, 224.0.0.251",
        "192.0.2.55, 198.51.100.77, 203.0.113.99, 198.18.0.99, 0.1.2.99, 255.255.255.0",
        "version 93.184.216.34, v93.184.216.34, Section 4.99.2.1",
        "93.184.216.340, 93.184.216, 93.184.216.34.5, 1.93.184.216.34",
        "093.184.216.34, 93.184.016.34",
        "93.184.216.34-beta, 93.184.216.0/24",
        "1.2.3.4 and 10.9.8.7",
        "1.93 * 184.2",
        "-93.184.216.34",
        "cudnn==93.184.216.34, cufft>=93.184.216.34",
        "93.184.216.34 * 2, 2 * 93.184.216.34, 93.184.216.34 = x",
      })
  void scrub_noPublicAddress_isKept(String text) {
    assertKept(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is 523-45-6789?",
        "SSN 000-45-6789, SSN 666-45-6789, SSN 900-45-6789, SSN 123-00-6789, SSN 123-45-0000",
        "SSN 123-45-67890, SSN 1123-45-6789, SSN 123-45-6789-1, SSN 123-45 6789",
        "SSN 123.45.6789",
        "The social sciences have many numbers that are far away from this one: 123-45-6789",
      })
  void scrub_noSocialSecurityNumber_isKept(String text) {
    assertKept(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-learn is scikit-learn, sk-this-is-only-a-very-long-name-of-words",
        "task-1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f",
        "AKIA1234567890123456, AKIAQWERTYUIOPASDF, XAKIAQ2W3E4R5T6Y7U2I3, AKIAQ2W3E4R5T6Y7U2I3A",
        "AIzaTooShort, hf_tooShort, SG.a.b",
        "hf_model_name_that_is_long_enough_but_has_words",
        "xoxb-not-a-token-but-many-words-in-a-row",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY----- is how one begins",
        "----- a ----- b -----",
        "https://example.com:8080/a@b, http://user@host/, a://b:c, https://x:@y",
        "ftp://joe:[SECRET]@host/",
        "aws_secret_access_key = short",
        "sk-00000000000000000000000000000000000000000000000a",
      })
  void scrub_noSecret_isKept(String text) {
    assertKept(text);
  }

  @Test
  void scrub_tokenWithAnotherChecksum_isKept() {
    String token = Samples.checked("ghp_", Samples.base62(3, 30));
    char last = token.charAt(token.length() - 1);
    assertKept(token.substring(0, token.length() - 1) + (last == 'x' ? 'y' : 'x'));
    assertKept("x" + token);
    assertThat(new Scrubber().scrub(token)).isEqualTo("[SECRET]");
  }

  @Test
  void scrub_partsOfWhichTheFirstNamesNoAlgorithm_areKept() {
    assertKept(Samples.jwt("{\"typ\":\"JWT\"}"));
    assertKept(Samples.jwt("{\"alg\":7}"));
    assertKept(Samples.jwt("{\"alg\":"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[EMAIL] [PHONE] [CARD] [IBAN] [IP] [SSN] [SECRET]",
        "12:34:56, 2026-12-01T10:20:30.123Z, 1/2/2026, 3.14159265358979323846",
        "1 234 567 890 123, 1,234,567,890.12, 6.02e23, 0x1F, 10^{100}, 50%",
        "ISBN 978-3-16-148410-0, 550e8400-e29b-41d4-a716-446655440000",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "$\\sqrt{4111111111111111}$",
        "1,2,3;4 5 6\n7 8 9",
        "",
      })
  void scrub_otherText_isKept(String text) {
    assertKept(text);
  }
}
