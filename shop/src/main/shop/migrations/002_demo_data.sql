-- Every demo customer has the password "correct horse".
INSERT INTO customers (email, password)
SELECT 'customer' || n || '@example.org',
       '1000:c2hvcCBkZW1vIHNhbHQhIQ==:at7aKOwTnpQhqZyhBbJ8OdiYY6SfYegOcbb5WxKrSSk='
FROM generate_series(1, 20000) AS n;

INSERT INTO products (category, name, summary, image, price_cents)
SELECT (ARRAY['garden', 'kitchen', 'books', 'toys', 'sports', 'lighting'])[1 + n % 6],
       initcap((ARRAY['oak', 'steel', 'blue', 'garden', 'walnut', 'red', 'folding', 'travel', 'classic', 'small'])[1 + n / 6 % 10]
               || ' '
               || (ARRAY['bench', 'kettle', 'lantern', 'chair', 'bowl', 'kite', 'atlas', 'racket', 'lamp', 'basket'])[1 + n / 60 % 10])
           || ' No. ' || n,
       'Made to last and easy to look after. Each piece is cut, joined and finished by hand in a workshop of eleven people,'
           || ' who sign what they make; the wood, the metal and the cloth come from suppliers whom we visit every year.'
           || ' It is sent ready for use, with the few tools that it needs, and weighs less than it looks. Number ' || n || ' of our own range comes in a plain box without plastic,'
           || ' is tested in our workshop, can be repaired there for ten years, and may be returned within thirty days.'
           || ' Spare parts and care instructions are listed on the product''s page.',
       '/images/products/' || lpad(n::text, 6, '0') || '/front-800x600.webp',
       500 + (n * 7919) % 20000
FROM generate_series(1, 600) AS n;
