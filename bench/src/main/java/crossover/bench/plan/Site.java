package crossover.bench.plan;

/**
 * Where the server stands and what link leads to it.
 *
 * @param name unique in its experiment
 */
public record Site(String name) {
  static final Site LOCALHOST = new Site("localhost");

  static Site read(YamlMap list, String text) {
    if (text.equals(LOCALHOST.name)) {
      return LOCALHOST;
    }
    throw list.refuse("sites", "names \"" + text + "\", but the known site is localhost");
  }
}
