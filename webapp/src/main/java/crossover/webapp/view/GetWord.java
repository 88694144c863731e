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
import java.util.regex.Pattern;

/** One word, by its id. */
public final class GetWord {
  private static final Pattern ID = Pattern.compile("/[1-9][0-9]{0,18}");

  private GetWord() {}

  public static View blocking(Words words) {
    return request -> {
      OptionalLong id = id(request.path());
      return id.isEmpty() ? notFound() : shown(words.find(id.getAsLong()));
    };
  }

  public static AsyncView nonBlocking(WordClient words) {
    return request -> {
      OptionalLong id = id(request.path());
      return id.isEmpty()
          ? CompletableFuture.completedFuture(notFound())
          : words.find(id.getAsLong()).thenApply(GetWord::shown);
    };
  }

  static Reply shown(Optional<Word> word) {
    return word.<Reply>map(GetWord::page).orElseGet(GetWord::notFound);
  }

  static Reply.Page page(Word word) {
    return Reply.page(200, "word.jsp", Map.of("word", word));
  }

  static Reply notFound() {
    return Reply.error(404);
  }

  /** Empty for what can be no id: there is no such page. */
  static OptionalLong id(String path) {
    if (!ID.matcher(path).matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(path.substring(1)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // 19 digits may be too many.
    }
  }
}
