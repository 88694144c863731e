package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.List;

/** Where the arms meet: one view on one site at one number of users. */
public record Cell(Site site, View view, int users) {

  /** The names that tell a cell from all others, in slices and summaries. */
  public record Id(String view, String site, int users) {
    /** Such as "get · localhost · 32 users". */
    @Override
    public String toString() {
      return view + " · " + site + " · " + users + (users == 1 ? " user" : " users");
    }
  }

  /** All of an experiment's, in the order of its file. */
  public static List<Cell> of(Definition definition) {
    List<Cell> cells = new ArrayList<>();
    for (Site site : definition.sites()) {
      for (View view : definition.views()) {
        for (int users : definition.measurement().users(view)) {
          cells.add(new Cell(site, view, users));
        }
      }
    }
    return cells;
  }

  /** What a slice of this cell is found by. */
  public Id id() {
    return new Id(view.name(), site.name(), users);
  }

  @Override
  public String toString() {
    return id().toString();
  }
}
