package dev.sluice.models.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.Completion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The samples of one request on their way to the client. Used by one thread. */
final class Serving {
  private final ServedModel model;
  private final Request request;
  private final Bodies bodies;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final int choices;
  private final List<Runnable> asked = new ArrayList<>();

  /** A sample has more text, or is finished. */
  private record Event(int choice, String text, @Nullable Completion completion) {
    private static final int NONE = -1;

    /** Nothing more comes; the text says why. */
    static Event failure(String why) {
      return new Event(NONE, why, null);
    }
  }

  Serving(ServedModel model, Request request, Bodies bodies) {
    this.model = model;
    this.request = request;
    this.bodies = bodies;
    choices = request.prompts().size() * request.samples();
  }

  /** Asks the model; if one of the prompts is refused, for none. */
  void begin() {
    try {
      askAll();
    } catch (RuntimeException e) {
      letGo();
      throw e;
    }
  }

  private void letGo() {
    asked.forEach(Runnable::run);
  }

  private void askAll() {
    for (int prompt = 0; prompt < request.prompts().size(); prompt++) {
      int first = prompt * request.samples();
      asked.add(
          model.ask(
              request.ask(prompt),
              new ServedModel.Answers() {
                @Override
                public boolean streams() {
                  return request.stream();
                }

                @Override
                public void grown(int index, String text) {
                  events.add(new Event(first + index, text, null));
                }

                @Override
                public void finished(int index, Completion completion) {
                  events.add(new Event(first + index, completion.text(), completion));
                }

                @Override
                public void failed(String why) {
                  events.add(Event.failure(why));
                }
              }));
    }
  }

  private Event next() throws IOException {
    try {
      Event event = events.take();
      if (event.choice() == Event.NONE) {
        throw new RefusedException(500, "The model no longer works: " + event.text());
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The server ends.", e);
    }
  }

  /** Waits for all of them. */
  ObjectNode whole() throws IOException {
    @Nullable Completion[] finished = new Completion[choices];
    for (int left = choices; left > 0; ) {
      Event event = next();
      if (event.completion() != null) {
        finished[event.choice()] = event.completion();
        left--;
      }
    }
    List<Completion> all = new ArrayList<>();
    for (Completion each : finished) {
      if (each != null) {
        all.add(each);
      }
    }
    return bodies.whole(all);
  }

  /** Sends them in pieces, as they come; lets them go if the client has left. */
  void stream(OutputStream out) throws IOException {
    try {
      send(out);
    } catch (IOException | RuntimeException e) {
      letGo();
      throw e;
    }
  }

  private void send(OutputStream out) throws IOException {
    Growing[] texts = new Growing[choices];
    Arrays.setAll(texts, i -> new Growing(request.sampling().stop()));
    boolean[] begun = new boolean[choices];
    long tokens = 0;
    for (int left = choices; left > 0; ) {
      Event event = next();
      int choice = event.choice();
      Completion completion = event.completion();
      if (completion != null) {
        left--;
        tokens += completion.tokenCount();
        String rest = texts[choice].rest(completion.text());
        send(out, bodies.last(choice, rest, !begun[choice], completion));
        continue;
      }
      String more = texts[choice].more(event.text());
      if (!more.isEmpty()) {
        send(out, bodies.piece(choice, more, !begun[choice]));
        begun[choice] = true;
      }
    }
    if (request.usage()) {
      send(out, bodies.used(tokens));
    }
    out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
  }

  private static void send(OutputStream out, JsonNode json) throws IOException {
    out.write(("data: " + ModelServer.text(json) + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
