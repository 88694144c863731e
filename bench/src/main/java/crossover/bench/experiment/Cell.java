package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.List;

/** Where the arms meet: one view on one site at one number of users. */
public record Cell(Site site, View view, int users) {

  /** All of an experiment's, in the order of its file. */
  public static List<Cell> of(Definition definition) {
    List<Cell> cells = new ArrayList<>();
    for (Site site : definition.sites()) {
      for (View view : definition.views()) {
        for (int users : definition.measurement().users()) {
          cells.add(new Cell(site, view, users));
        }
      }
    }
    return cells;
  }

  @Override
  public String toString() {
    return view.name() + " · " + site.name() + " · " + users + " users";
  }
}
