package dev.sluice.pipelines.schedule.alerts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of an SMTP server as a test needs: one user, scripted answers to RCPT. */
final class SmtpServer implements AutoCloseable {
  /** For {@link #answers}: not answered at all. */
  static final int SILENCE = 0;

  final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
  final List<String> mails = Collections.synchronizedList(new ArrayList<>());
  final List<String> recipients = Collections.synchronizedList(new ArrayList<>());

  private final ServerSocket socket;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String credentials;

  SmtpServer(String user, String password) throws IOException {
    credentials =
        Base64.getEncoder()
            .encodeToString(
                (user + "\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var unused = threads.submit(this::listen);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        var unused = threads.submit(() -> talk(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      OutputStream out = client.getOutputStream();
      say(out, "220 test");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("EHLO")) {
          say(out, "250-test\r\n250 AUTH PLAIN");
        } else if (line.startsWith("AUTH PLAIN")) {
          say(out, line.endsWith(" " + credentials) ? "235 yes" : "535 no, " + line);
        } else if (line.startsWith("RCPT")) {
          recipients.add(line);
          Integer answer = answers.poll();
          if (answer != null && answer == SILENCE) {
            over.await();
            return;
          }
          say(out, answer == null ? "250 yes" : answer + " because of " + credentials);
        } else if (line.startsWith("DATA")) {
          say(out, "354 go on");
          StringBuilder mail = new StringBuilder();
          for (line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line.startsWith("..") ? line.substring(1) : line).append('\n');
          }
          mails.add(mail.toString());
          say(out, "250 taken");
        } else {
          say(out, "250 yes");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    socket.close();
    threads.shutdownNow();
  }
}
