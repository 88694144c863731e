package crossover.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Packages as boxes, each above all that it uses. An arrow leads to what a package uses; one that
 * can also be reached over other arrows is left out.
 */
final class ArchitecturePicture {
  private static final int WIDTH = 760;
  private static final int STOREY = 72;
  private static final int BOX_WIDTH = 108;
  private static final int BOX_HEIGHT = 32;

  private final Map<String, Set<String>> uses;
  private final Map<Integer, List<String>> storeys = new TreeMap<>();

  /** {@code uses} must have no cycle; the root package is "". */
  ArchitecturePicture(Map<String, Set<String>> uses) {
    this.uses = uses;
    uses.keySet()
        .forEach(name -> storeys.computeIfAbsent(storey(name), any -> new ArrayList<>()).add(name));
  }

  /** How many packages stand on top of each other. */
  int height() {
    return storeys.size();
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="15">
            <title>The packages of bench, each above all that it uses</title>
            <defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8Z" fill="#666"/></marker></defs>
            <rect width="100%%" height="100%%" fill="#fff"/>
            """,
            WIDTH,
            height() * STOREY));
    uses.forEach(
        (from, all) ->
            all.stream().filter(to -> isDirect(from, to)).forEach(to -> arrow(svg, from, to)));
    uses.keySet().forEach(name -> box(svg, name));
    return svg.append("</svg>\n").toString();
  }

  private void arrow(StringBuilder svg, String from, String to) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#666\" marker-end=\"url(#arrow)\"/>%n",
            x(from),
            y(from) + BOX_HEIGHT / 2,
            x(to),
            y(to) - BOX_HEIGHT / 2));
  }

  private void box(StringBuilder svg, String name) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#eef3fa\" stroke=\"#335\"/>"
                + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
            x(name) - BOX_WIDTH / 2,
            y(name) - BOX_HEIGHT / 2,
            BOX_WIDTH,
            BOX_HEIGHT,
            x(name),
            y(name) + 5,
            name.isEmpty() ? "Main" : name));
  }

  private int x(String name) {
    List<String> beside = storeys.get(storey(name));
    // Every other storey is shifted, so that arrows pass between boxes.
    int shift = storey(name) % 2 == 0 ? 0 : 40;
    return shift + (2 * beside.indexOf(name) + 1) * (WIDTH - 40) / (2 * beside.size());
  }

  private int y(String name) {
    return (height() - storey(name)) * STOREY + STOREY / 2;
  }

  private int storey(String name) {
    return uses.get(name).stream().mapToInt(used -> storey(used) + 1).max().orElse(1);
  }

  private boolean isDirect(String from, String to) {
    return uses.get(from).stream()
        .noneMatch(over -> !over.equals(to) && reached(over).contains(to));
  }

  private Set<String> reached(String from) {
    Set<String> reached = new HashSet<>(uses.get(from));
    uses.get(from).forEach(used -> reached.addAll(reached(used)));
    return reached;
  }
}
