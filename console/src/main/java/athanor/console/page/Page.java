package athanor.console.page;

import java.util.List;

/**
 * A part of a list that is too long for one page.
 *
 * @param number counted from 1
 * @param of how many there are
 * @param all how many things on all of them
 */
public record Page<T>(List<T> shown, int number, int of, int all) {

    public static <T> Page<T> of(List<T> all, int wanted, int most) {
        int pages = Math.max(1, (all.size() + most - 1) / most);
        int number = Math.max(1, Math.min(pages, wanted));
        int from = (number - 1) * most;
        return new Page<>(all.subList(from, Math.min(all.size(), from + most)), number, pages, all.size());
    }

    public int before() {
        return number - 1;
    }

    public int after() {
        return number < of ? number + 1 : 0;
    }
}
