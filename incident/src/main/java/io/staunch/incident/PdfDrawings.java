package io.staunch.incident;

import com.openhtmltopdf.css.sheet.FontFaceRule;
import com.openhtmltopdf.css.style.CssContext;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.extend.SVGDrawer;
import com.openhtmltopdf.layout.SharedContext;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.render.Box;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.GeneralPath;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// Draws what [Svg] writes, and no other SVG, into a PDF. Letters are drawn as shapes from the given face, so that the
/// machine needs no faces of its own.
final class PdfDrawings implements SVGDrawer {
    private final TrueTypeFont face;

    PdfDrawings(TrueTypeFont face) {
        this.face = face;
    }

    @Override
    public SVGImage buildSVGImage(
            Element svg, Box box, CssContext context, double cssWidth, double cssHeight, double dotsPerPixel) {
        return new Picture(svg, dotsPerPixel);
    }

    @Override
    public void importFontFaceRules(List<FontFaceRule> rules, SharedContext context) {}

    @Override
    public void addFontFile(File file, String family, Integer weight, FontStyle style) {}

    @Override
    public void close() {}

    private final class Picture implements SVGImage {
        private final Element svg;
        private final double dots;

        Picture(Element svg, double dotsPerPixel) {
            this.svg = svg;
            this.dots = dotsPerPixel;
        }

        @Override
        public int getIntrinsicWidth() {
            return (int) Math.round(number(svg, "width") * dots);
        }

        @Override
        public int getIntrinsicHeight() {
            return (int) Math.round(number(svg, "height") * dots);
        }

        @Override
        public void drawSVG(OutputDevice device, RenderingContext context, double x, double y) {
            float wide = (float) number(svg, "width");
            float high = (float) number(svg, "height");
            device.drawWithGraphics((float) x, (float) y, wide, high, graphics -> {
                NodeList shapes = svg.getChildNodes();
                for (int i = 0; i < shapes.getLength(); i++) {
                    if (shapes.item(i) instanceof Element shape) {
                        draw(graphics, shape);
                    }
                }
            });
        }
    }

    private void draw(Graphics2D graphics, Element shape) {
        switch (shape.getTagName()) {
            case "line" -> {
                outline(graphics, shape);
                graphics.draw(new Line2D.Double(
                        number(shape, "x1"), number(shape, "y1"), number(shape, "x2"), number(shape, "y2")));
            }
            case "polyline" -> {
                outline(graphics, shape);
                graphics.draw(path(shape.getAttribute("points")));
            }
            case "rect" -> {
                graphics.setPaint(Color.decode(shape.getAttribute("fill")));
                graphics.fill(new Rectangle2D.Double(
                        number(shape, "x"), number(shape, "y"), number(shape, "width"), number(shape, "height")));
            }
            case "circle" -> {
                double radius = number(shape, "r");
                graphics.setPaint(Color.decode(shape.getAttribute("fill")));
                graphics.fill(new Ellipse2D.Double(
                        number(shape, "cx") - radius, number(shape, "cy") - radius, 2 * radius, 2 * radius));
            }
            case "text" -> text(graphics, shape);
            default -> {
                // The title is for those who hear the page.
            }
        }
    }

    private static void outline(Graphics2D graphics, Element shape) {
        graphics.setPaint(Color.decode(shape.getAttribute("stroke")));
        float width = shape.hasAttribute("stroke-width") ? (float) number(shape, "stroke-width") : 1;
        graphics.setStroke(
                shape.hasAttribute("stroke-dasharray")
                        ? new BasicStroke(
                                width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0)
                        : new BasicStroke(width));
    }

    private static Path2D path(String points) {
        Path2D path = new Path2D.Double();
        for (String point : points.split(" ", -1)) {
            String[] pair = point.split(",", 2);
            if (pair.length == 2) {
                double x = Double.parseDouble(pair[0]);
                double y = Double.parseDouble(pair[1]);
                if (path.getCurrentPoint() == null) {
                    path.moveTo(x, y);
                } else {
                    path.lineTo(x, y);
                }
            }
        }
        return path;
    }

    private void text(Graphics2D graphics, Element shape) {
        try {
            String text = shape.getTextContent();
            double scale = number(shape, "font-size") / face.getUnitsPerEm();
            CmapLookup glyphs = face.getUnicodeCmapLookup();
            double width = scale
                    * text.codePoints()
                            .map(glyphs::getGlyphId)
                            .mapToDouble(this::advance)
                            .sum();
            double x = number(shape, "x")
                    - switch (shape.getAttribute("text-anchor")) {
                        case "middle" -> width / 2;
                        case "end" -> width;
                        default -> 0;
                    };
            graphics.setPaint(Color.decode(shape.getAttribute("fill")));
            for (int glyph : text.codePoints().map(glyphs::getGlyphId).toArray()) {
                GlyphData data = face.getGlyph().getGlyph(glyph);
                if (data != null) {
                    GeneralPath letter = data.getPath();
                    letter.transform(new AffineTransform(scale, 0, 0, -scale, x, number(shape, "y")));
                    graphics.fill(letter);
                }
                x += scale * advance(glyph);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the face for drawings can't be read", e);
        }
    }

    private double advance(int glyph) {
        try {
            return face.getAdvanceWidth(glyph);
        } catch (IOException e) {
            throw new UncheckedIOException("the face for drawings can't be read", e);
        }
    }

    private static double number(Element shape, String attribute) {
        return Double.parseDouble(shape.getAttribute(attribute));
    }
}
