package dev.sluice.runners.serve;

import dev.sluice.parts.Registry;
import dev.sluice.pipelines.ledger.Ledger;
import dev.sluice.pipelines.ledger.LedgerDaemon;
import dev.sluice.pipelines.ledger.LedgerException;
import dev.sluice.pipelines.ledger.LedgerFire;
import dev.sluice.pipelines.ledger.LedgerFire.State;
import dev.sluice.pipelines.ledger.LedgerPlace;
import dev.sluice.pipelines.ledger.ScheduleTables;
import dev.sluice.pipelines.schedule.AlertSender;
import dev.sluice.pipelines.schedule.Scheduler;
import dev.sluice.pipelines.store.Hosts;
import dev.sluice.pipelines.store.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The daemon that serves a workspace's schedules until it is asked to end. Runs are processes of
 * their own, and everything else that it must not forget is in the ledger; so it may be killed, and
 * the next one goes on.
 */
public final class Daemon {
  private static final Duration SILENT = Duration.ofSeconds(30);
  private static final Duration PAUSE_WITHOUT_LEDGER = Duration.ofSeconds(2);

  /**
   * How the daemon is to work.
   *
   * @param workspace whose schedules it serves
   * @param port where it answers; 0 for any that is free
   * @param mostRuns most runs at once
   * @param runHeap most memory of a run's Java heap, such as {@code 1200m}
   * @param runMegabytes most memory of a run's process
   * @param launcher the script that starts the program; empty for none
   */
  public record Settings(
      Workspace workspace,
      int port,
      int mostRuns,
      String runHeap,
      long runMegabytes,
      String launcher) {}

  private final LedgerPlace place;
  private final Workspace workspace;
  private final Consumer<String> say;
  private final Scheduler scheduler;
  private final LedgerDaemon self;
  private final Pages pages;
  private final ExecutorService senders;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Map<String, LedgerFire> open = new HashMap<>();
  private final Map<State, Long> ended = new ConcurrentHashMap<>();
  private volatile Health health = Health.STARTING;
  private final AtomicLong looks = new AtomicLong();

  /**
   * A daemon that answers already, and does not look yet.
   *
   * @param say takes lines for whoever watches it
   * @throws IOException if its port is taken
   */
  public Daemon(
      Settings settings,
      LedgerPlace place,
      Registry registry,
      AlertSender sender,
      Consumer<String> say)
      throws IOException {
    this.place = place;
    this.workspace = settings.workspace();
    this.say = say;
    pages = new Pages(settings.port(), () -> health, this::metrics);
    self =
        new LedgerDaemon(
            Instant.now() + " " + UUID.randomUUID(),
            Hosts.name(),
            ProcessHandle.current().pid(),
            pages.address(),
            Instant.now());
    senders =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "alerts");
              thread.setDaemon(true);
              return thread;
            });
    Program program = new Program(settings.launcher(), settings.runHeap());
    scheduler =
        new Scheduler(
            self,
            other -> alive(other, Instant.now()),
            new FilesOnDisk(settings.workspace(), registry, System.getenv()),
            new ChildRuns(settings.workspace(), program, settings.runMegabytes()),
            sender,
            senders,
            settings.mostRuns(),
            Clock.systemUTC());
  }

  /** Where it answers. */
  public String address() {
    return pages.address();
  }

  /** Has it end after what it is just doing. */
  public void end() {
    end.countDown();
  }

  /**
   * The daemon that serves a ledger that only one may serve; null if there is none.
   *
   * @param self the one that asks, once it is in the ledger
   */
  private static @Nullable LedgerDaemon other(ScheduleTables tables, LedgerDaemon self) {
    return tables.daemons().stream()
        .filter(each -> !each.id().equals(self.id()) && alive(each, Instant.now()))
        // Of two that begin at once, the one that began first stays.
        .filter(each -> each.id().compareTo(self.id()) < 0)
        .findFirst()
        .orElse(null);
  }

  private static boolean alive(LedgerDaemon daemon, Instant now) {
    boolean here = daemon.host().equals(Hosts.name());
    if (here && ProcessHandle.of(daemon.pid()).isEmpty()) {
      return false;
    }
    return daemon.heartbeat().plus(SILENT).isAfter(now);
  }

  /**
   * Serves until {@link #end}.
   *
   * @return null, or why it may not serve: another one does
   */
  public @Nullable String serve() {
    Ledger ledger = null;
    String refusal = null;
    try {
      boolean admitted = false;
      while (refusal == null && end.getCount() > 0) {
        Instant next;
        try {
          ledger = ledger == null ? Ledger.open(place) : ledger;
          if (!admitted) {
            refusal = admit(ledger.schedules());
            admitted = refusal == null;
            if (admitted) {
              say.accept(
                  "serving %s at %s (/health, /metrics); Ctrl-C ends it; runs continue"
                      .formatted(workspace, address()));
            }
            continue;
          }
          next = look(ledger.schedules());
        } catch (LedgerException | UncheckedIOException e) {
          next = withoutLedger(ledger, String.valueOf(e.getMessage()));
          ledger = null;
        }
        rest(next);
      }
      leave(ledger);
      return refusal;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      pages.close();
      senders.shutdown();
      if (ledger != null) {
        ledger.close();
      }
    }
  }

  private @Nullable String admit(ScheduleTables tables) {
    tables.alive(self, Instant.now());
    LedgerDaemon other = place.shared() ? null : other(tables, self);
    if (other == null) {
      return null;
    }
    return "Another daemon serves the ledger %s: process %d at %s. End that one first (kill %d); several at once need a ledger on PostgreSQL."
        .formatted(place.name(), other.pid(), other.address(), other.pid());
  }

  private Instant look(ScheduleTables tables) {
    Scheduler.Look look = scheduler.look(tables);
    if (health.problem() != null) {
      say.accept("The ledger can be used again.");
    }
    List<LedgerFire> now = tables.open();
    tell(tables, now, look.ended());
    health = new Health(look.schedules(), now, Instant.now(), null);
    looks.incrementAndGet();
    return look.next();
  }

  private Instant withoutLedger(@Nullable Ledger ledger, String problem) {
    if (!problem.equals(health.problem())) {
      say.accept(problem + " Nothing is fired until it can be used again.");
    }
    health = new Health(health.schedules(), health.open(), health.looked(), problem);
    if (ledger != null) {
      try {
        ledger.close();
      } catch (LedgerException e) {
        // It is gone, which is why it is closed.
      }
    }
    return Instant.now().plus(PAUSE_WITHOUT_LEDGER);
  }

  private void rest(Instant until) throws InterruptedException {
    long millis = Math.max(5, Instant.now().until(until, ChronoUnit.MILLIS));
    boolean unused = end.await(millis, TimeUnit.MILLISECONDS);
  }

  private void leave(@Nullable Ledger ledger) {
    if (ledger == null) {
      return;
    }
    try {
      long running = health.count(State.RUNNING);
      ledger.schedules().gone(self.id());
      if (running > 0) {
        say.accept(
            "%d run%s on; the next daemon follows %s."
                .formatted(running, running == 1 ? " goes" : "s go", running == 1 ? "it" : "them"));
      }
    } catch (LedgerException e) {
      say.accept(String.valueOf(e.getMessage()));
    }
  }

  /** Says what began and what ended since the last look. */
  private void tell(ScheduleTables tables, List<LedgerFire> now, List<LedgerFire> justEnded) {
    Map<String, LedgerFire> before = Map.copyOf(open);
    open.clear();
    for (LedgerFire fire : now) {
      open.put(key(fire), fire);
      LedgerFire was = before.get(key(fire));
      if (fire.state() == State.RUNNING
          && (was == null || !Objects.equals(was.runId(), fire.runId()))) {
        String how =
            fire.resumes() > 0
                ? "goes on with"
                : fire.attempt() > 1 ? "tries again with" : "started";
        say.accept("%s %s: %s run %s".formatted(fire.schedule(), fire.due(), how, fire.runId()));
      }
    }
    Map<String, LedgerFire> over = new LinkedHashMap<>();
    // A fire may begin and end within one look, as one whose file is broken does.
    justEnded.forEach(fire -> over.put(key(fire), fire));
    before.forEach(
        (key, fire) -> {
          if (!open.containsKey(key) && !over.containsKey(key)) {
            over.put(key, tables.fire(fire.schedule(), fire.due()).orElse(fire));
          }
        });
    over.values().forEach(this::tellEnd);
  }

  private void tellEnd(LedgerFire fire) {
    ended.merge(fire.state(), 1L, Long::sum);
    say.accept(
        "%s %s: %s%s"
            .formatted(
                fire.schedule(),
                fire.due(),
                fire.state().name().toLowerCase(Locale.ROOT),
                fire.reason() == null ? "" : ": " + fire.reason()));
  }

  private static String key(LedgerFire fire) {
    return fire.schedule() + " " + fire.due();
  }

  private String metrics() {
    return Metrics.text(health, Map.copyOf(ended), looks.get());
  }
}
