package crossover.webapp.view;

import crossover.webapp.data.Pages;
import crossover.webapp.data.Unavailable;
import crossover.webapp.data.Word;
import crossover.webapp.data.WordClient;
import crossover.webapp.data.Words;
import crossover.webapp.model.AsyncView;
import crossover.webapp.model.Reply;
import crossover.webapp.model.View;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One word, whose whole rendered page is kept in Redis. {@code X-Cache} tells {@code hit}, {@code
 * miss}, or {@code bypass}: Redis does not answer, and the database serves instead.
 */
public final class CachedWord {
  private CachedWord() {}

  public static View blocking(Words words, Pages pages) {
    return request -> {
      OptionalLong parsed = GetWord.id(request.path());
      if (parsed.isEmpty()) {
        return GetWord.notFound();
      }
      long id = parsed.getAsLong();
      Optional<byte[]> page;
      try {
        page = pages.get(id);
      } catch (Unavailable e) {
        return bypass(words.find(id, request.asked()));
      }
      return page.map(CachedWord::hit)
          .orElseGet(() -> miss(words.find(id, request.asked()), html -> put(pages, id, html)));
    };
  }

  private static CompletableFuture<Void> put(Pages pages, long id, byte[] html) {
    pages.put(id, html);
    return CompletableFuture.completedFuture(null);
  }

  public static AsyncView nonBlocking(WordClient words, Pages pages) {
    return request -> {
      OptionalLong parsed = GetWord.id(request.path());
      if (parsed.isEmpty()) {
        return CompletableFuture.completedFuture(GetWord.notFound());
      }
      long id = parsed.getAsLong();
      return pages
          .getAsync(id)
          .<CompletionStage<Reply>>handle(
              (page, failure) -> {
                if (failure != null) {
                  return words.find(id, request.asked()).thenApply(CachedWord::bypass);
                }
                return page.<CompletionStage<Reply>>map(
                        html -> CompletableFuture.completedStage(hit(html)))
                    .orElseGet(
                        () ->
                            words
                                .find(id, request.asked())
                                .thenApply(word -> miss(word, html -> pages.putAsync(id, html))));
              })
          .thenCompose(Function.identity());
    };
  }

  private static Reply hit(byte[] html) {
    return Reply.rendered(html).with("X-Cache", "hit");
  }

  private static Reply miss(Optional<Word> word, Function<byte[], CompletableFuture<Void>> keeper) {
    return word.map(found -> GetWord.page(found).kept(keeper))
        .orElseGet(GetWord::notFound)
        .with("X-Cache", "miss");
  }

  private static Reply bypass(Optional<Word> word) {
    return GetWord.shown(word).with("X-Cache", "bypass");
  }
}
