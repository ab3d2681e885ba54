package dev.sluice.models.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.sluice.models.djl.engine.LlamaDecoder;
import dev.sluice.models.djl.engine.NativeEngine;
import dev.sluice.models.training.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Computes the gradient of a step: each micro-batch on one thread with one intra-op thread, several
 * at a time, their gradients added in the order of the micro-batches. So the result does not depend
 * on the number of threads, and threads meet once a micro-batch instead of once an operator.
 */
final class GradientWorkers implements AutoCloseable {
  private final LlamaDecoder decoder;
  private final Function<NDArray, NDList> views;
  private final NDArray total;
  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService threads;

  /** The micro-batch whose gradient is added next; -1 once a worker has failed. */
  private int turn;

  /**
   * Workers over shared weights.
   *
   * @param views the decoder's weights, of a leaf that shares its memory with {@code trained}
   * @param trained flat; read by the workers, changed by the caller between steps
   * @param total flat; receives the gradient
   */
  GradientWorkers(
      LlamaDecoder decoder,
      Function<NDArray, NDList> views,
      NDArray trained,
      NDArray total,
      int count) {
    this.decoder = decoder;
    this.views = views;
    this.total = total;
    for (int i = 0; i < count; i++) {
      workers.add(new Worker(trained));
    }
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread = new Thread(work, "training");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Adds the gradients of all parts to the total; returns the loss. */
  double run(List<MicroBatch> parts, Loss loss) {
    double[] losses = new double[parts.size()];
    AtomicInteger next = new AtomicInteger();
    synchronized (this) {
      turn = 0;
    }
    List<Future<?>> running = new ArrayList<>();
    for (Worker worker : workers) {
      running.add(
          threads.submit(
              () -> {
                for (int i = next.getAndIncrement();
                    i < losses.length;
                    i = next.getAndIncrement()) {
                  losses[i] = worker.work(parts.get(i), loss, i);
                }
              }));
    }
    await(running);
    double sum = 0;
    for (double part : losses) {
      sum += part;
    }
    return sum;
  }

  private static void await(List<Future<?>> running) {
    RuntimeException failure = null;
    for (Future<?> future : running) {
      try {
        future.get();
      } catch (ExecutionException e) {
        failure =
            e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
      } catch (InterruptedException e) {
        // The native work cannot be broken off: wait for it, then say so.
        Thread.currentThread().interrupt();
        failure = new IllegalStateException("Training was interrupted.", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Gradients gather in a leaf of its own, which shares the memory of what is trained. */
  private final class Worker {
    private final NDManager manager;
    private final NDArray leaf;

    Worker(NDArray trained) {
      manager = NativeEngine.newManager(trained.getDevice());
      leaf = trained.stopGradient();
      leaf.attach(manager);
      leaf.setRequiresGradient(true);
    }

    double work(MicroBatch part, Loss loss, int index) {
      NativeEngine.threads(1);
      boolean added = false;
      try (NDManager scope = manager.newSubManager()) {
        leaf.tempAttach(scope);
        JniUtils.setGradMode(true);
        LossGraph graph = LossGraph.of(decoder, views.apply(leaf), part, loss, scope);
        NDArray root = graph.root();
        JniUtils.backward((PtNDArray) root, (PtNDArray) root.onesLike(), false, false);
        JniUtils.setGradMode(false);
        NDArray gradient = leaf.getGradient();
        added = add(gradient, index);
        gradient.muli(0);
        return graph.value().getFloat();
      } finally {
        if (!added) {
          fail();
        }
      }
    }
  }

  private synchronized boolean add(NDArray gradient, int index) {
    while (turn != index && turn >= 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    if (turn < 0) {
      return false;
    }
    total.addi(gradient);
    turn++;
    notifyAll();
    return true;
  }

  private synchronized void fail() {
    turn = -1;
    notifyAll();
  }

  int nativeArrays() {
    return workers.stream().mapToInt(w -> w.manager.getManagedArrays().size()).sum();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    workers.forEach(worker -> worker.manager.close());
  }
}
