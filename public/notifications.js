// Shows notifications where a page may not do it by itself, and brings the reader to their page.
addEventListener('notificationclick', (event) => {
  const href = event.notification.data;
  event.notification.close();
  event.waitUntil(
    (async () => {
      const [page] = await clients.matchAll({ type: 'window' });
      if (!page) return clients.openWindow(href);
      await page.focus();
      page.postMessage(href);
    })(),
  );
});
