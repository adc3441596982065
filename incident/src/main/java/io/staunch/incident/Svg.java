package io.staunch.incident;

import java.util.Locale;

/// Writes a drawing as SVG: boxes, lines and texts, each with its colours as attributes, so that it looks the same in a
/// browser, on paper and where no style sheet is read. A class names what a mark means, for pages with themes.
public final class Svg {
    /// Of the palette that Okabe and Ito made for all kinds of colour vision.
    public static final String BLUE = "#0072B2";

    public static final String VERMILION = "#C44E00";
    public static final String GREEN = "#007A5A";
    public static final String ORANGE = "#E69F00";
    public static final String INK = "#16202a";
    public static final String QUIET = "#566573";
    public static final String FAINT = "#dde3e8";

    private static final int TEXT = 11;

    private final StringBuilder out = new StringBuilder();
    private final int width;
    private final int height;
    private final String title;

    /// @param title what it shows, for those who hear it
    public Svg(int width, int height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
    }

    /// The width of a text, roughly: in most faces a character is about half as wide as it is high.
    public static double widthOf(String text) {
        return text.length() * TEXT * 0.56;
    }

    public Svg line(double x1, double y1, double x2, double y2, String colour, String name) {
        return shape(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" class=\"%s\"/>",
                x1, y1, x2, y2, colour, name);
    }

    public Svg dashes(double x1, double y1, double x2, double y2, String colour, String name) {
        return shape(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-dasharray=\"4 3\" class=\"%s\"/>",
                x1, y1, x2, y2, colour, name);
    }

    public Svg box(double x, double y, double wide, double high, String colour, String name) {
        return shape(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" class=\"%s\"/>",
                x, y, wide, high, colour, name);
    }

    public Svg circle(double x, double y, double radius, String colour, String name) {
        return shape("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" class=\"%s\"/>", x, y, radius, colour, name);
    }

    /// A line through points.
    ///
    /// @param points `x,y` pairs, a space between
    public Svg course(String points, String colour, String name) {
        return shape(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" class=\"%s\"/>",
                points, colour, name);
    }

    /// Words at a place.
    ///
    /// @param anchor `start`, `middle` or `end`
    public Svg text(double x, double y, String anchor, String colour, String name, String text) {
        return shape(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"" + TEXT
                        + "\" font-family=\"sans-serif\" fill=\"%s\" class=\"%s\">%s</text>",
                x,
                y,
                anchor,
                colour,
                name,
                escaped(text));
    }

    private Svg shape(String form, Object... values) {
        Object[] written = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            written[i] = values[i] instanceof Double number ? number(number) : values[i];
        }
        out.append(String.format(Locale.ROOT, form, written));
        return this;
    }

    /// At most one decimal.
    public static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\"><title>" + escaped(title) + "</title>"
                + out + "</svg>";
    }
}
