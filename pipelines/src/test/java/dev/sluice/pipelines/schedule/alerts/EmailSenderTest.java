package dev.sluice.pipelines.schedule.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.pipelines.file.Alert;
import dev.sluice.records.Hashes;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EmailSenderTest extends ChannelContract {
  private final SmtpServer server = new SmtpServer(SECRET + "@example.com", SECRET);

  EmailSenderTest() throws IOException {}

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static EmailSender sender(int port, String password, Duration limit) {
    return new EmailSender(
        "smtp://%s%%40example.com:%s@127.0.0.1:%d".formatted(SECRET, password, port),
        "sluice@example.com",
        "team@example.com",
        limit);
  }

  @Override
  Channel sender(Duration limit) {
    return sender(server.port(), SECRET, limit);
  }

  @Override
  Channel toNobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return sender(free.getLocalPort(), SECRET, SHORT);
    }
  }

  @Override
  void script(Answer... answers) {
    for (Answer answer : answers) {
      server.answers.add(
          switch (answer) {
            case ACCEPTS -> 250;
            case FAILS -> 451;
            case REFUSES -> 550;
            case HANGS -> SmtpServer.SILENCE;
          });
    }
  }

  @Override
  int tries() {
    return server.recipients.size();
  }

  /** The last line of each mail. */
  @Override
  List<String> accepted() throws Exception {
    List<String> bodies = new ArrayList<>();
    for (String mail : server.mails) {
      String text = (String) mime(mail).getContent();
      bodies.add(text.strip().substring(text.strip().lastIndexOf("\n") + 1));
    }
    return bodies;
  }

  private static MimeMessage mime(String mail) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  String receiver() {
    return "e-mail to team@example.com";
  }

  @Test
  void writesAMail() throws Exception {
    AlertMessage message =
        new AlertMessage(
            "a > b@c\nd",
            "nächtlich\nBcc: all@example.com",
            "configs/tiny.yaml",
            AlertMessage.Cause.LATE,
            AlertMessage.State.RAISED,
            RAISED.at(),
            null,
            null,
            "Zu spät.\n.\nEnde",
            null);
    assertThat(sender(LONG).send(message)).isEqualTo(new Delivery.Delivered());
    MimeMessage mail = mime(server.mails.get(0));
    assertThat(mail.getSubject()).isEqualTo("[sluice] nächtlich Bcc: all@example.com: late raised");
    assertThat(mail.getFrom()).containsExactly(new InternetAddress("sluice@example.com"));
    assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress("team@example.com"));
    assertThat(mail.getMessageID()).isEqualTo("<" + Hashes.id("mail", message.id()) + "@sluice>");
    assertThat(mail.getSentDate()).isEqualTo(Date.from(message.at()));
    assertThat(mail.getContent()).asString().startsWith(message.text() + "\n\n{");
    assertThat(server.recipients).containsExactly("RCPT TO:<team@example.com>");
  }

  @Test
  void givesUpWhereThePasswordIsWrong() {
    assertThat(sender(server.port(), "other", LONG).send(RAISED))
        .isEqualTo(
            new Delivery.GivenUp(
                "The mail server smtp://127.0.0.1 does not accept user and password."));
    assertThat(server.mails).isEmpty();
  }

  @Test
  void isSetUpFromTheEnvironment() {
    Alert alert =
        new Alert(
            Alert.Cause.FAILURE,
            null,
            null,
            null,
            null,
            "https://example.com/" + SECRET,
            "notify " + SECRET,
            "team@example.com");
    Map<String, String> environment =
        Map.of(
            "SLUICE_SMTP_URL",
            "smtps://bot:" + SECRET + "@mail.example.com",
            "SLUICE_SMTP_FROM",
            "Sluice <sluice@example.com>");
    assertThat(Channels.of(alert, environment))
        .hasToString("[webhook https://example.com, command notify, e-mail to team@example.com]");
    assertThatThrownBy(() -> Channels.of(alert, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "An alert is to be sent by e-mail, which needs the environment variable SLUICE_SMTP_URL; it is not set.");
    assertThatThrownBy(
            () ->
                Channels.of(
                    alert,
                    Map.of("SLUICE_SMTP_URL", "mail:" + SECRET, "SLUICE_SMTP_FROM", "a@b.c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The environment variable SLUICE_SMTP_URL must be an address such as smtp://user:password@mail.example.com:587; what it is instead is not shown, since it may hold a secret.");
    assertThatThrownBy(() -> new EmailSender("smtp://mail.example.com", "a@b.c", "team, all", LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The key 'email' of an alert must be an e-mail address such as team@example.com, but is 'team, all'.");
  }
}
