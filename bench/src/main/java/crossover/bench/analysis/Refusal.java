package crossover.bench.analysis;

import crossover.bench.results.SliceLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far an arm fell short in a cell, over all its slices.
 *
 * @param refused share of the answers that were failures
 * @param unanswered share of the users whose last request had no answer until the generator gave up
 */
record Refusal(double refused, double unanswered) {

  static Refusal of(List<SliceLine> slices) {
    double answers = slices.stream().mapToLong(s -> s.load().requests()).sum();
    double errors = slices.stream().mapToLong(s -> s.load().errors()).sum();
    double users = slices.stream().mapToLong(s -> s.cell().users()).sum();
    double unfinished = slices.stream().mapToLong(s -> s.load().unfinished()).sum();
    return new Refusal(answers == 0 ? 0 : errors / answers, users == 0 ? 0 : unfinished / users);
  }

  /** One sentence for each way of falling short; none where it did not. */
  List<String> sentences(String arm) {
    List<String> sentences = new ArrayList<>();
    if (refused > 0) {
      sentences.add(arm + " refuses " + percent(refused) + " of requests.");
    }
    if (unanswered > 0) {
      sentences.add(arm + " leaves " + percent(unanswered) + " of its users without an answer.");
    }
    return sentences;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.01 ? "%.2g %%" : "%.0f %%", 100 * share);
  }
}
