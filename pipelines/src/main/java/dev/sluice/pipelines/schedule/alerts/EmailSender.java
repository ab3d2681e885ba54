package dev.sluice.pipelines.schedule.alerts;

import dev.sluice.records.Hashes;
import dev.sluice.records.Secrets;
import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Sends a mail over SMTP. A server's 5xx is final, its 4xx and silence are not. A password goes
 * over TLS only, except to this machine itself. What the server says is not passed on beyond its
 * code.
 */
final class EmailSender implements Channel {
  /** The library's loggers write the user's name; held here, since the JDK forgets others. */
  private static final List<Logger> SILENT =
      Stream.of("org.eclipse.angus.mail", "jakarta.mail").map(Logger::getLogger).toList();

  private final Address server;
  private final InternetAddress from;
  private final InternetAddress to;
  private final Duration limit;

  /**
   * A sender to one address.
   *
   * @param server {@code smtp://user:password@host:587}, or {@code smtps} for TLS from the start
   * @param limit how long connecting, and each answer, may take
   */
  EmailSender(String server, String from, String to, Duration limit) {
    this.server =
        Address.parse(
            "The environment variable SLUICE_SMTP_URL",
            server,
            Set.of("smtp", "smtps"),
            "smtp://user:password@mail.example.com:587");
    this.from = mailbox("The environment variable SLUICE_SMTP_FROM", from);
    this.to = mailbox("The key 'email' of an alert", to);
    this.limit = limit;
    SILENT.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private static InternetAddress mailbox(String what, String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      if (text.indexOf('@') > 0) {
        return address;
      }
    } catch (AddressException ignored) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s must be an e-mail address such as team@example.com, but is '%s'."
            .formatted(what, text));
  }

  @Override
  public Delivery send(AlertMessage message) {
    try {
      Session session = Session.getInstance(properties());
      MimeMessage mail = mail(session, message);
      Transport transport = session.getTransport("smtp");
      try {
        boolean named = !server.user().isEmpty();
        transport.connect(
            server.uri().getHost(),
            port(),
            named ? server.user() : null,
            named ? server.password() : null);
        transport.sendMessage(mail, new InternetAddress[] {to});
      } finally {
        close(transport);
      }
      return new Delivery.Delivered();
    } catch (MessagingException e) {
      return judge(e);
    } catch (IOException e) {
      return notYet("could not be written to");
    }
  }

  /** After the server has the mail, a failure to take leave must not send it again. */
  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException ignored) {
      // The connection is gone in any case.
    }
  }

  private MimeMessage mail(Session session, AlertMessage message)
      throws MessagingException, IOException {
    MimeMessage mail =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            // The same for each try: mailboxes drop the second of two.
            setHeader("Message-ID", "<" + Hashes.id("mail", message.id()) + "@sluice>");
          }
        };
    mail.setFrom(from);
    mail.setRecipient(Message.RecipientType.TO, to);
    mail.setSubject(
        "[sluice] %s: %s %s"
            .formatted(
                message.schedule(),
                AlertMessage.lower(message.cause()),
                AlertMessage.lower(message.state()))
            .replaceAll("\\s+", " "),
        "UTF-8");
    mail.setSentDate(Date.from(message.at()));
    mail.setHeader("Auto-Submitted", "auto-generated");
    String text = message.text() + "\n\n" + message.json() + "\n";
    mail.setDataHandler(new DataHandler(new ByteArrayDataSource(text, "text/plain;charset=utf-8")));
    mail.saveChanges();
    return mail;
  }

  private boolean tls() {
    return "smtps".equals(server.uri().getScheme());
  }

  private int port() {
    int port = server.uri().getPort();
    return port > 0 ? port : tls() ? 465 : 587;
  }

  private Properties properties() {
    Properties properties = new Properties();
    String millis = Long.toString(limit.toMillis());
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.quitwait", "false");
    properties.setProperty("mail.smtp.auth", Boolean.toString(!server.user().isEmpty()));
    properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(tls()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!tls()));
    properties.setProperty(
        "mail.smtp.starttls.required",
        Boolean.toString(!tls() && !server.user().isEmpty() && !local()));
    return properties;
  }

  private boolean local() {
    try {
      return InetAddress.getByName(server.uri().getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private Delivery judge(MessagingException e) {
    int code = code(e);
    if (e instanceof AuthenticationFailedException && code / 100 != 4) {
      return givenUp("does not accept user and password");
    }
    if (code / 100 == 5) {
      return givenUp("answers " + code);
    }
    if (code > 0) {
      return notYet("answers " + code);
    }
    return String.valueOf(e.getMessage()).startsWith("STARTTLS is required")
        ? givenUp("offers no TLS (STARTTLS), and a password is not sent without")
        : notYet("cannot be reached, or broke the exchange");
  }

  /** The server's code; 0 if it gave none. */
  private static int code(MessagingException e) {
    for (Exception next = e;
        next instanceof MessagingException problem;
        next = problem.getNextException()) {
      if (problem instanceof SMTPAddressFailedException failed) {
        return failed.getReturnCode();
      } else if (problem instanceof SMTPSenderFailedException failed) {
        return failed.getReturnCode();
      } else if (problem instanceof SMTPSendFailedException failed && failed.getReturnCode() > 0) {
        return failed.getReturnCode();
      }
      String said = String.valueOf(problem.getMessage());
      if (said.matches("(?s)[45]\\d\\d[ -].*")) {
        return Integer.parseInt(said.substring(0, 3));
      }
    }
    return 0;
  }

  private Delivery notYet(String what) {
    return new Delivery.NotYet("The mail server %s %s.".formatted(server, what));
  }

  private Delivery givenUp(String what) {
    return new Delivery.GivenUp("The mail server %s %s.".formatted(server, what));
  }

  @Override
  public String receiver() {
    return "e-mail to " + Secrets.hidden(to.getAddress());
  }

  @Override
  public String toString() {
    return receiver();
  }
}
