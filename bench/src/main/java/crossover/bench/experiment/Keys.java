package crossover.bench.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is checked of the keys of an experiment file once they have been read. */
final class Keys {
  private Keys() {}

  static Refusal refuse(String key, String why) {
    return new Refusal(List.of(key), why);
  }

  static <T> T require(String key, T value) {
    if (value == null) {
      throw refuse(key, "is missing");
    }
    return value;
  }

  static <T> T orElse(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  /** A name that can be part of a file's name. */
  static String name(String key, String text) {
    if (!require(key, text).matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw refuse(key, "is \"" + text + "\", but may hold letters, digits and . _ - only");
    }
    return text;
  }

  static String oneOf(String key, String text, List<String> known, String what) {
    if (!known.contains(text)) {
      throw refuse(
          key, "names \"" + text + "\", but the " + what + " are " + String.join(", ", known));
    }
    return text;
  }

  /** A list that holds something where it is given; absent: the other one. */
  static <T> List<T> list(String key, List<T> values, List<T> otherwise) {
    if (values != null && values.isEmpty()) {
      throw refuse(key, "is an empty list");
    }
    return orElse(values, otherwise);
  }

  /** Makes something of each item of a list; a refusal names the item's place. */
  static <K, T> List<T> each(String key, List<K> items, Function<K, T> make) {
    List<T> made = new ArrayList<>();
    for (int i = 0; i < require(key, items).size(); i++) {
      K item = items.get(i);
      made.add(within(() -> make.apply(item), key, i));
    }
    return list(key, made, List.of());
  }

  static <T> T within(Supplier<T> make, Object... path) {
    try {
      return make.get();
    } catch (Refusal e) {
      throw e.within(path);
    }
  }

  static void requireDifferent(String key, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (!seen.add(names.get(i))) {
        throw refuse(key, "has two of the name \"" + names.get(i) + "\": rename one");
      }
    }
  }
}
