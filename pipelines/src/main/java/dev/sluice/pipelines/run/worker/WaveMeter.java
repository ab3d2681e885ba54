package dev.sluice.pipelines.run.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.openai.CallBudget;
import dev.sluice.pipelines.run.driver.BudgetLedger;
import dev.sluice.pipelines.run.folder.RunFiles;
import dev.sluice.pipelines.store.Hosts;
import dev.sluice.pipelines.store.WorkspacePath;
import dev.sluice.records.Secrets;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.manifest.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far this process is with a wave of units: one for all its workers, written to one small file
 * when a unit begins or ends, and at most twice a second in between. After a kill it says which
 * units were at work. Beam's metrics reach a remote client only at the end of a job; a file reaches
 * it at once and outlives it.
 */
public final class WaveMeter {
  private static final long INTERVAL_NANOS = 500_000_000L;

  /** Key of what computes models in the process. */
  public static final String KERNELS = "kernels";

  /** Key of what a person should know of the models at work. */
  public static final String WARNINGS = "warnings";

  private final WorkspacePath file;
  private final long interval;
  private final LongAdder unitsBegun = new LongAdder();
  private final LongAdder unitsDone = new LongAdder();
  private final LongAdder unitsSeen = new LongAdder();
  private final LongAdder rowsDone = new LongAdder();
  private final LongAdder rowsOf = new LongAdder();
  private final LongAdder calls = new LongAdder();
  private final LongAdder fromCache = new LongAdder();
  private final LongAdder promptTokens = new LongAdder();
  private final LongAdder completionTokens = new LongAdder();
  private final DoubleAdder costUsd = new DoubleAdder();
  private final LongAdder repliesUnderWay = new LongAdder();
  private final LongAdder tokensUnderWay = new LongAdder();
  private final Set<String> warnings = ConcurrentHashMap.newKeySet();
  private final Map<String, Boolean> atWork = new ConcurrentHashMap<>();
  private final AtomicLong nextWrite = new AtomicLong(Long.MIN_VALUE);

  private @Nullable CallBudget budget;

  /** What computes models in this process; empty as long as none does. */
  private volatile String kernels = "";

  /**
   * Nothing is counted yet.
   *
   * @param folder the folder of the wave's progress files
   */
  WaveMeter(WorkspacePath folder) {
    this.interval = folder.workspace().files().pace(INTERVAL_NANOS);
    this.file = folder.resolve(Hosts.name() + "-" + ProcessHandle.current().pid() + ".json");
  }

  /** What calls of this process may use in this wave; the first who asks says it. */
  synchronized CallBudget budget(Supplier<CallBudget> first) {
    CallBudget known = budget;
    if (known == null) {
      known = first.get();
      budget = known;
    }
    return known;
  }

  /** A unit computes with a model in this process. */
  void computes(Numerics numerics) {
    if (kernels.isEmpty()) {
      kernels = numerics.kernels();
      write();
    }
  }

  /** What a person should know of the models at work; each sentence counts once. */
  void warned(List<String> sentences) {
    if (warnings.addAll(sentences)) {
      write();
    }
  }

  public void began(String unit) {
    unitsBegun.increment();
    atWork.put(unit, true);
    write();
  }

  /** A unit says for the first time how many rows it has; from those the rest is reckoned. */
  public void onTotalKnown() {
    unitsSeen.increment();
  }

  public void rows(long done, long of) {
    rowsDone.add(done);
    rowsOf.add(of);
    tick();
  }

  public void used(Usage more) {
    calls.add(more.calls());
    fromCache.add(more.callsFromCache());
    promptTokens.add(more.promptTokens());
    completionTokens.add(more.completionTokens());
    costUsd.add(more.costUsd());
    tick();
  }

  /** Calls that go on have said so much more; less when one ends and is {@link #used}. */
  void underWay(long replies, long tokens) {
    repliesUnderWay.add(replies);
    tokensUnderWay.add(tokens);
    // What is taken back comes again with 'used'; nobody should see the gap.
    if (replies > 0 || tokens > 0) {
      tick();
    }
  }

  public void ended(String unit, boolean done) {
    atWork.remove(unit);
    if (done) {
      unitsDone.increment();
    }
    write();
  }

  private void tick() {
    long now = System.nanoTime();
    long due = nextWrite.get();
    if ((due == Long.MIN_VALUE || now - due >= 0) && nextWrite.compareAndSet(due, now + interval)) {
      write();
    }
  }

  private synchronized void write() {
    ObjectNode json =
        RunFiles.object()
            .put("units_begun", unitsBegun.sum())
            .put("units_done", unitsDone.sum())
            .put("units_seen", unitsSeen.sum())
            .put("rows_done", rowsDone.sum())
            .put("rows_of", rowsOf.sum())
            .put("calls", calls.sum())
            .put("calls_from_cache", fromCache.sum())
            .put("prompt_tokens", promptTokens.sum())
            .put("completion_tokens", completionTokens.sum())
            .put("cost_usd", costUsd.sum())
            .put("replies_under_way", repliesUnderWay.sum())
            .put("tokens_under_way", tokensUnderWay.sum())
            .put(KERNELS, kernels);
    if (budget != null) {
      json.setAll(BudgetLedger.toJson(budget.spent()));
    }
    var said = json.putArray(WARNINGS);
    new TreeSet<>(warnings).forEach(each -> said.add(Secrets.hidden(each)));
    var units = json.putArray("at_work");
    new TreeMap<>(atWork).keySet().forEach(units::add);
    RunFiles.write(file, json);
  }
}
