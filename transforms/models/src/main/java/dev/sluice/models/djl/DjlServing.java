package dev.sluice.models.djl;

import dev.sluice.models.ModelCache;
import dev.sluice.models.ModelException;
import dev.sluice.models.ModelInfo;
import dev.sluice.models.djl.decode.DecodingBatch;
import dev.sluice.models.djl.decode.KeyValues;
import dev.sluice.models.djl.decode.LoadedModel;
import dev.sluice.models.djl.decode.Sample;
import dev.sluice.models.djl.engine.LlamaDecoder;
import dev.sluice.models.serve.Ask;
import dev.sluice.models.serve.ServedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One model that many ask at once. A thread for each processor decodes rows of its own; whoever
 * asks meanwhile takes the next rows that are free, and what a sample says depends on itself alone.
 */
public final class DjlServing implements ServedModel {
  /** Samples that may wait; more are refused, so that nobody waits without end. */
  private static final int MAX_WAITING = 4096;

  private final ModelCache.Handle<LoadedModel> handle;
  private final LoadedModel model;
  private final String name;
  private final int rows;

  /** Rows of one thread. */
  private final int each;

  private final int context;
  private final int places;
  private final BlockingQueue<Sample> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

  /** Samples that are not finished, each with who hears of it. */
  private final Map<Sample, Answers> asked = new ConcurrentHashMap<>();

  private final List<Thread> decoding = new ArrayList<>();
  private volatile boolean open = true;
  private volatile String fault = "";

  /**
   * Loads a model and begins to decode.
   *
   * @param name what clients call it
   * @param rows most samples at once, as far as memory allows
   * @param context most tokens of prompt and completion together; at most the model's own
   * @throws ModelException naming the file and what is wrong with it
   */
  public DjlServing(String name, Path folder, int rows, int context) {
    this.name = name;
    handle = DjlModels.acquire(folder);
    model = handle.model();
    this.context = Math.min(context, model.config().maxPositions());
    places = LlamaDecoder.blocks(this.context);
    int most = KeyValues.rows(model, places, rows);
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = Math.max(1, Math.min(processors, most / model.rowGroup()));
    each = most / threads;
    this.rows = each * threads;
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(this::decode, "decode-" + i);
      thread.setDaemon(true);
      decoding.add(thread);
    }
    decoding.forEach(Thread::start);
  }

  @Override
  public ModelInfo info() {
    ModelInfo own = model.info(name);
    return new ModelInfo(name, own.revision(), context, own.parameters());
  }

  /** Most samples at once. */
  public int rows() {
    return rows;
  }

  /** Bytes of keys and values that these rows take. */
  public long cacheBytes() {
    return (long) rows * places * model.decoder().cacheBytes();
  }

  @Override
  public int vocabulary() {
    return model.config().vocabularySize();
  }

  @Override
  public int[] encodePrompt(String text) {
    return model.tokenizer().encodePrompt(text);
  }

  @Override
  public String decode(int[] tokens) {
    return model.tokenizer().decode(tokens, tokens.length);
  }

  @Override
  public Runnable ask(Ask ask, Answers answers) {
    int[] prompt = ask.prompt();
    int room = context - prompt.length;
    if (prompt.length == 0 || room < 1) {
      throw new ModelException(
          "The prompt has %d tokens; the context holds %d tokens of prompt and completion together."
              .formatted(prompt.length, context));
    }
    model.check(prompt);
    int limit = Math.min(ask.sampling().maxTokens(), room);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < ask.seeds().size(); i++) {
      samples.add(
          new Sample(
              0,
              i,
              prompt,
              limit,
              ask.sampling(),
              ask.seeds().get(i),
              model.tokenizer()::decode,
              this::tell));
    }
    synchronized (this) {
      if (!open || !fault.isEmpty()) {
        throw new ModelException(
            fault.isEmpty() ? "The server is ending." : "The model no longer works: " + fault);
      }
      if (waiting.remainingCapacity() < samples.size()) {
        throw new BusyException(
            "%d samples wait already; ask again later.".formatted(waiting.size()));
      }
      samples.forEach(sample -> asked.put(sample, answers));
      waiting.addAll(samples);
    }
    return () -> abandon(samples);
  }

  private void abandon(List<Sample> samples) {
    for (Sample sample : samples) {
      if (waiting.remove(sample)) {
        asked.remove(sample);
      } else {
        sample.abandon();
      }
    }
  }

  private void tell(Sample sample) {
    if (!fault.isEmpty()) {
      // Whoever asked was told that it will not come.
      return;
    }
    Answers answers = Objects.requireNonNull(asked.get(sample), "a sample that somebody asked for");
    if (sample.finished()) {
      asked.remove(sample);
      answers.finished(sample.index, sample.completion());
    } else if (answers.streams()) {
      answers.grown(sample.index, sample.text());
    }
  }

  private void decode() {
    try {
      model.inScope(
          scope ->
              new DecodingBatch(model, scope, each, places, model.config().endTokens())
                  .run(new Waiting()));
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        fault = String.valueOf(e.getMessage());
      }
      // Nobody waits for what will not come.
      asked.values().forEach(answers -> answers.failed(fault));
      throw e;
    }
  }

  private final class Waiting implements DecodingBatch.Source {
    @Override
    public List<Sample> take(int most, boolean idle) {
      List<Sample> next = new ArrayList<>();
      while (idle && open && next.isEmpty()) {
        try {
          Sample first = waiting.poll(1, TimeUnit.SECONDS);
          if (first != null) {
            next.add(first);
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return List.of();
        }
      }
      // What waits is shared out: two threads with half the rows are faster than one with all.
      int share = (waiting.size() + next.size() + decoding.size() - 1) / decoding.size();
      int unused = waiting.drainTo(next, Math.min(most, share) - next.size());
      return next;
    }

    @Override
    public boolean isEmpty() {
      return waiting.isEmpty();
    }
  }

  @Override
  public void close() {
    open = false;
    decoding.forEach(Thread::interrupt);
    try {
      for (Thread thread : decoding) {
        thread.join(10_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    handle.close();
  }
}
