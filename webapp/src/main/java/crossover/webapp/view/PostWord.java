package crossover.webapp.view;

import crossover.webapp.data.WordClient;
import crossover.webapp.data.Words;
import crossover.webapp.model.AsyncView;
import crossover.webapp.model.Reply;
import crossover.webapp.model.Request;
import crossover.webapp.model.View;
import java.util.concurrent.CompletableFuture;

/** The form for a new word, and its insertion. */
public final class PostWord {
  private PostWord() {}

  public static View blocking(Words words) {
    return request -> {
      if (request.form() == null) {
        return NewWord.EMPTY.page(200);
      }
      NewWord word = NewWord.of(request.form());
      return word.valid()
          ? inserted(request, words.insert(word.text(), word.definition(), request.asked()))
          : word.page(400);
    };
  }

  public static AsyncView nonBlocking(WordClient words) {
    return request -> {
      if (request.form() == null) {
        return CompletableFuture.completedFuture(NewWord.EMPTY.page(200));
      }
      NewWord word = NewWord.of(request.form());
      return word.valid()
          ? words
              .insert(word.text(), word.definition(), request.asked())
              .thenApply(id -> inserted(request, id))
          : CompletableFuture.completedFuture(word.page(400));
    };
  }

  private static Reply inserted(Request request, long id) {
    return Reply.seeOther(request.base() + "/words/" + id);
  }
}
