package crossover.webapp.view;

import crossover.webapp.data.Word;
import crossover.webapp.data.WordClient;
import crossover.webapp.data.Words;
import crossover.webapp.model.AsyncView;
import crossover.webapp.model.Reply;
import crossover.webapp.model.View;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** One word, by its id. */
public final class GetWord {
  private GetWord() {}

  public static View blocking(Words words) {
    return request -> {
      OptionalLong id = id(request.path());
      return id.isEmpty() ? notFound() : shown(words.find(id.getAsLong(), request.asked()));
    };
  }

  public static AsyncView nonBlocking(WordClient words) {
    return request -> {
      OptionalLong id = id(request.path());
      return id.isEmpty()
          ? CompletableFuture.completedFuture(notFound())
          : words.find(id.getAsLong(), request.asked()).thenApply(GetWord::shown);
    };
  }

  static Reply shown(Optional<Word> word) {
    return word.map(GetWord::page).orElseGet(GetWord::notFound);
  }

  static Reply page(Word word) {
    return Reply.page(200, "word.jsp", Map.of("word", word));
  }

  static Reply notFound() {
    return Reply.error(404);
  }

  /** Empty for what can be no id: there is no such page. */
  static OptionalLong id(String path) {
    // Written by hand: a regular expression would take as long as the rest of the view.
    if (path.length() < 2 || path.length() > 20 || path.charAt(0) != '/' || path.charAt(1) == '0') {
      return OptionalLong.empty();
    }
    for (int i = 1; i < path.length(); i++) {
      if (path.charAt(i) < '0' || path.charAt(i) > '9') {
        return OptionalLong.empty();
      }
    }
    try {
      return OptionalLong.of(Long.parseLong(path, 1, path.length(), 10));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // 19 digits may be too many.
    }
  }
}
