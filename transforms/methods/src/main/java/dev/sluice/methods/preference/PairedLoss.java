package dev.sluice.methods.preference;

import dev.sluice.models.training.PairLoss;
import java.util.ArrayList;
import java.util.List;

/** A loss of a better and a worse response to one problem. */
public non-sealed interface PairedLoss extends PreferenceLoss, PairLoss {

  /** Which responses of a group are compared. */
  Pairing pairs();

  /** Which responses of a group are compared. */
  enum Pairing {
    /** The one with the highest reward and the one with the lowest. */
    BEST_WORST {
      @Override
      void pair(double[] rewards, List<Pair> pairs) {
        int best = 0;
        int worst = 0;
        for (int i = 1; i < rewards.length; i++) {
          best = rewards[i] > rewards[best] ? i : best;
          worst = rewards[i] < rewards[worst] ? i : worst;
        }
        if (rewards.length > 0 && rewards[best] > rewards[worst]) {
          pairs.add(new Pair(best, worst));
        }
      }
    },
    /** Any two whose rewards differ. */
    ALL {
      @Override
      void pair(double[] rewards, List<Pair> pairs) {
        for (int i = 0; i < rewards.length; i++) {
          for (int k = 0; k < rewards.length; k++) {
            if (rewards[i] > rewards[k]) {
              pairs.add(new Pair(i, k));
            }
          }
        }
      }
    };

    abstract void pair(double[] rewards, List<Pair> pairs);

    /**
     * The pairs of a group; of equal rewards the lowest index is taken, and none is a pair.
     *
     * @param rewards of the responses, in ascending order of their index
     */
    public List<Pair> of(double[] rewards) {
      List<Pair> pairs = new ArrayList<>();
      pair(rewards, pairs);
      return pairs;
    }
  }

  /** The places of two responses in their group. */
  record Pair(int chosen, int rejected) {}
}
