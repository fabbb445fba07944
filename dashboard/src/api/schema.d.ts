/** Made by types.mjs from the API's document. */
export interface paths {
    "/app/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get me
         * @description Who is signed in, and in which orgs they have a role. Anyone may call this.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/app/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the app, or all sessions of the person. Every signed-in caller may call this.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get balance
         * @description The balance of an org, now or as it was recorded before a time. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List entries
         * @description The entries of an org, newest first: by pages, or all of them as CSV. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List packs
         * @description The credit packs that can be bought. Every signed-in caller may call this.
         */
        get: operations["listPacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/senders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List senders
         * @description The senders of an org, newest first. For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        get: operations["listSenders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/register-sender": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register sender
         * @description Binds an address that the org sends from. For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        post: operations["registerSender"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/senders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete sender
         * @description Unbinds a sender. For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        delete: operations["deleteSender"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deposits
         * @description The deposits of an org, each with its progress towards credit. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listDeposits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/deposits/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Trace deposit
         * @description Why a transaction was or was not credited. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["traceDeposit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List holds
         * @description The holds of an org, newest first. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders
         * @description The orders of an org, newest first. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update order
         * @description Changes the notes on an order. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateOrder"];
        trace?: never;
    };
    "/treasury/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel order
         * @description Cancels an order that nothing was paid for. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create checkout
         * @description Opens a card checkout for a pack or an amount. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get settings
         * @description The settings of an org. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update settings
         * @description Changes settings of an org; a higher ceiling for free gift cards may wait for an approval. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateSettings"];
        trace?: never;
    };
    "/treasury/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get statement
         * @description The statement of a month or another period: opening, movements by type and service, closing. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain decision
         * @description Why a command was accepted or refused, and what would have turned that round. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["explainDecision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List budgets
         * @description The budgets of an org, with what is used, reserved and left of them. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listBudgets"];
        put?: never;
        /**
         * Create budget
         * @description Creates a budget of an org, which counts from the next spend on. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createBudget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/budgets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete budget
         * @description Deletes a budget: it counts and refuses nothing from the next spend on. For callers of the org. Keys need the scope `treasury:admin`.
         */
        delete: operations["deleteBudget"];
        options?: never;
        head?: never;
        /**
         * Update budget
         * @description Changes the name, limit, mode or warning of a budget; what it has counted stays. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateBudget"];
        trace?: never;
    };
    "/treasury/auto-refill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get auto refill
         * @description The setting of auto-refill, and the consent to it. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["getAutoRefill"];
        /**
         * Set auto refill
         * @description Turns auto-refill on or off, and changes its terms. For callers of the org. Keys need the scope `treasury:admin`.
         */
        put: operations["setAutoRefill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List own keys
         * @description The keys of an org, newest first, without their secrets. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listOwnKeys"];
        put?: never;
        /**
         * Create own key
         * @description Creates a key of an org, which is shown only in this answer. For callers of the org. Keys need the scope `treasury:admin`. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["createOwnKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke own key
         * @description Revokes a key of an org permanently; it stays listed. For callers of the org. Keys need the scope `treasury:admin`. In the app it needs a sign-in of the last 10 minutes.
         */
        delete: operations["revokeOwnKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description The people who were seen signed in for an org, newest first. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/sender-challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create sender challenge
         * @description What to sign to prove that the org owns a sender. For callers of the org. Keys need the scope `treasury:admin` or `treasury:spend`.
         */
        post: operations["createSenderChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/wallet-info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get deposit addresses
         * @description The org's deposit address on each chain, and its balance there. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getDepositAddresses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/treasury/create-wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create deposit addresses
         * @description Gives the org its own deposit addresses. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createDepositAddresses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook endpoints
         * @description The webhook endpoints, newest first. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Create webhook endpoint
         * @description Adds an endpoint that events are sent to; only this answer shows its secret. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete webhook endpoint
         * @description Removes an endpoint and the record of its deliveries. For callers of the org. Keys need the scope `treasury:admin`.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Update webhook endpoint
         * @description Changes, disables or enables an endpoint. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send test event
         * @description Sends a test event. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["sendTestEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate webhook secret
         * @description Gives an endpoint a new secret; the old one signs beside it for a while. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook deliveries
         * @description The deliveries to an endpoint, and their results. For callers of the org. Keys need the scope `treasury:admin`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/deliveries/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeliver event
         * @description Sends an event once more. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["redeliverEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get org billing
         * @description The billing settings of an org. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["getOrgBilling"];
        put?: never;
        /**
         * Update org billing
         * @description Changes billing settings; what is left out stays. A free tier above the limit waits for an approval. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["updateOrgBilling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products
         * @description The products of an org in the mode of its key, newest first. For callers of the org. Keys need the scope `treasury:read`.
         */
        get: operations["listProducts"];
        put?: never;
        /**
         * Create product
         * @description Makes a product, and its counterpart in the org's Stripe account. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update product
         * @description Renames a product, takes it out of sale or puts it back. For callers of the org. Keys need the scope `treasury:admin`.
         */
        patch: operations["updateProduct"];
        trace?: never;
    };
    "/orgs/{org}/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create product checkout
         * @description Opens a card checkout for a product, on the org's own account. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["createProductCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orgs/{org}/checkout/{session}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify product checkout
         * @description Asks Stripe what became of a checkout, and credits it once if it is paid. For callers of the org. Keys need the scope `treasury:admin`.
         */
        post: operations["verifyProductCheckout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get credits balance
         * @description What the caller can spend. For people, about what is their own.
         */
        get: operations["getCreditsBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List credits transactions
         * @description What moved the caller's wallet, newest first. For people, about what is their own.
         */
        get: operations["listCreditsTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credits/redeem": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeem coupon
         * @description Redeems a coupon. For people, about what is their own.
         */
        post: operations["redeemCoupon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checkin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check in
         * @description The day's free credits. For people, about what is their own.
         */
        post: operations["checkIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/create-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create payment session
         * @description Opens a card checkout for credits, or for a plan. For people, about what is their own.
         */
        post: operations["createPaymentSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List offered plans
         * @description What is for sale. For people, about what is their own.
         */
        get: operations["listOfferedPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get subscription
         * @description The caller's subscription, its state and what comes next; null where they never had one. For people, about what is their own.
         */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change subscription
         * @description Changes the plan: an upgrade now at its full price, anything else from the next period on. For people, about what is their own.
         */
        post: operations["changeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel subscription
         * @description Ends the subscription with its period, or at once where nothing is paid; closes a checkout that is not paid. For people, about what is their own.
         */
        post: operations["cancelSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume subscription
         * @description Takes a cancellation back, or lets a paused subscription go on. For people, about what is their own.
         */
        post: operations["resumeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/subscription/portal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open subscription portal
         * @description Opens the provider's page where the caller changes their card and sees their invoices. For people, about what is their own.
         */
        post: operations["openSubscriptionPortal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orgs
         * @description The orgs, newest first. For admin keys and platform admins.
         */
        get: operations["listOrgs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{org}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get org
         * @description An org, its balance, and when it was suspended by hand. For admin keys and platform admins.
         */
        get: operations["getOrg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update org
         * @description Changes an org; suspends and resumes it. For admin keys and platform admins.
         */
        patch: operations["updateOrg"];
        trace?: never;
    };
    "/admin/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search all
         * @description What a text names: orgs, people, deposits, orders, entries, addresses and more, of every org. For admin keys, platform admins and platform finance.
         */
        get: operations["searchAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs
         * @description The jobs of every process: when each ran, how long, its next round, its last problem, what waits for it. For admin keys and platform admins.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{org}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create entry
         * @description Books an entry by hand, with a reason; above the limit it waits for an approval. For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["createEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get any deposit
         * @description One deposit, what was read of it by which RPC, and what operators did to it. For admin keys and platform admins.
         */
        get: operations["getAnyDeposit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note deposit
         * @description Adds a note to a deposit. For admin keys and platform admins.
         */
        post: operations["noteDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all orders
         * @description The orders of every org, newest first. For admin keys and platform admins.
         */
        get: operations["listAllOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get any order
         * @description An order of any org, with its timeline. For admin keys and platform admins.
         */
        get: operations["getAnyOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund order
         * @description Gives the payer of an order its money back, some or all of it. For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["refundOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List disputes
         * @description The disputes of card payments, newest first. For admin keys and platform admins.
         */
        get: operations["listDisputes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes/{id}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get dispute evidence
         * @description The evidence against a dispute that was sent, or that would be sent now. For admin keys and platform admins.
         */
        get: operations["getDisputeEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit dispute evidence
         * @description Sends the evidence against a dispute to the payer's bank, once. For admin keys and platform admins.
         */
        post: operations["submitDisputeEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept dispute
         * @description Gives a dispute up: it is lost. For admin keys and platform admins.
         */
        post: operations["acceptDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payments/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payment inbox
         * @description What payment providers reported and is not settled, newest first; of one state, if it is named. For admin keys and platform admins.
         */
        get: operations["listPaymentInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payments/inbox/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay payment
         * @description Has an object read from its provider and settled again, whatever its state. For admin keys and platform admins.
         */
        post: operations["replayPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payments/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain payment
         * @description Everything that came in about a session, payment, refund, dispute or order. For admin keys and platform admins.
         */
        get: operations["explainPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get journal
         * @description The journal of a period: every entry with its two sides, wallet by wallet. For admin keys, platform admins and platform finance.
         */
        get: operations["getJournal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get trial balance
         * @description The balance of every account before a moment; they add up to zero. For admin keys, platform admins and platform finance.
         */
        get: operations["getTrialBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get revenue
         * @description What each service earned in each month of a period. For admin keys, platform admins and platform finance.
         */
        get: operations["getRevenue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/liability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get liability
         * @description What is owed to the owners of wallets before a moment, by kind and age. For admin keys, platform admins and platform finance.
         */
        get: operations["getLiability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/breakage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get breakage
         * @description What expired in each month of a period. For admin keys, platform admins and platform finance.
         */
        get: operations["getBreakage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reports/deferred": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get deferred revenue
         * @description The roll-forward of deferred revenue over a period. For admin keys, platform admins and platform finance.
         */
        get: operations["getDeferredRevenue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/rails/{rail}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release rail
         * @description Releases a frozen card rail, on which payments are credited again. For admin keys and platform admins.
         */
        post: operations["releaseRail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/chains/{chain}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freeze chain
         * @description Stops credits and reversals on a chain. For admin keys and platform admins.
         */
        post: operations["freezeChain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/chains/{chain}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release chain
         * @description Releases a frozen chain, whose credits and reversals go on. For admin keys and platform admins.
         */
        post: operations["releaseChain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List prices
         * @description The rows of the price book, the one added last first. For admin keys and platform admins.
         */
        get: operations["listPrices"];
        put?: never;
        /**
         * Create price
         * @description Adds a row to the price book; where there is a limit for bookings by hand, it waits for an approval. For admin keys and platform admins.
         */
        post: operations["createPrice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/billing/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List plans
         * @description Every plan as it is now. For admin keys and platform admins.
         */
        get: operations["listPlans"];
        put?: never;
        /**
         * Create plan
         * @description Makes a plan; above the limit it waits for an approval. For admin keys and platform admins.
         */
        post: operations["createPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/billing/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Update plan
         * @description Changes a plan from now on; above the limit it waits for an approval. For admin keys and platform admins.
         */
        put: operations["updatePlan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/billing/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List coupons
         * @description Coupons, newest first. For admin keys and platform admins.
         */
        get: operations["listCoupons"];
        put?: never;
        /**
         * Create coupon
         * @description Adds a coupon; above the limit it waits for an approval. For admin keys and platform admins.
         */
        post: operations["createCoupon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/checkin/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get check in config
         * @description What a check-in gives. For admin keys and platform admins.
         */
        get: operations["getCheckInConfig"];
        /**
         * Set check in config
         * @description Sets what a check-in gives from now on; above the limit it waits for an approval. For admin keys and platform admins.
         */
        put: operations["setCheckInConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all deposits
         * @description Every deposit of the deployment, by state. For admin keys and platform admins.
         */
        get: operations["listAllDeposits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign deposit
         * @description Assigns an unmatched deposit to an org. For admin keys and platform admins.
         */
        post: operations["assignDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deposits/{id}/ignore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ignore deposit
         * @description Sets a deposit aside. For admin keys and platform admins.
         */
        post: operations["ignoreDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List approvals
         * @description The bookings and changes above the limit that were requested, newest first. For admin keys and platform admins.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get approval
         * @description A requested booking or change above the limit. For admin keys and platform admins.
         */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get user
         * @description A user who has a wallet. For admin keys and platform admins.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend user
         * @description Suspends a user's own spending, or ends that; a user who has no wallet gets one. For admin keys and platform admins.
         */
        post: operations["suspendUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/approvals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve request
         * @description Approves somebody else's booking or change, which is then done. For admin keys and platform admins. In the app it needs a sign-in of the last 10 minutes.
         */
        post: operations["approveRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/approvals/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject request
         * @description Rejects a booking or change. For admin keys and platform admins.
         */
        post: operations["rejectRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/chains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List chains
         * @description The state of every configured chain. For admin keys and platform admins.
         */
        get: operations["listChains"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get reconciliation
         * @description Whether chains, card rails, deposits and books agree. For admin keys and platform admins.
         */
        get: operations["getReconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit acts
         * @description What operators did, newest first: who, what, before, after. For admin keys and platform admins.
         */
        get: operations["listAuditActs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        GetMeReply: {
            /** @description Who is signed in; null while nobody is. */
            person: {
                /**
                 * @description The person's id in the sign-in.
                 * @example ada
                 */
                user: string;
                /** @description Whether they are an admin of the platform. */
                isPlatformAdmin: boolean;
                /** @description Whether they are of the finance of the platform. */
                isPlatformFinance: boolean;
            } | null;
            /** @description The orgs in which the person has a role, by name. */
            orgs: {
                /**
                 * Format: uuid
                 * @description The id of the org.
                 */
                id: string;
                /**
                 * @description The name of the org.
                 * @example Acme
                 */
                name: string;
                /**
                 * @description The id in the operator's own system; null without one.
                 * @example acme-1
                 */
                externalId: string | null;
                /**
                 * @description The role in the org.
                 * @enum {string}
                 */
                role: "owner" | "admin" | "finance" | "member" | "viewer";
            }[];
            /**
             * @description To be sent as `X-Coffer-CSRF` with what is not a GET; null for callers without a session.
             * @example x5Jb2mQ0
             */
            csrfToken: string | null;
            /** @description The session; null for callers without one. */
            session: {
                /** @description When the person last proved who they are; null where the issuer does not say. */
                provenAt: string | null;
                /**
                 * Format: date-time
                 * @description When the session ends.
                 */
                expiresAt: string;
            } | null;
            /**
             * @description Where to sign in; null where nobody can.
             * @example /app/sign-in
             */
            signInPath: string | null;
        };
        SignOutRequest: {
            /**
             * @description Ends all sessions of the person.
             * @default false
             */
            everywhere: boolean;
        };
        /**
         * @example {
         *       "totalUsd": "99.65",
         *       "availableUsd": "74.65",
         *       "heldUsd": "25.00",
         *       "pendingUsd": "0.00",
         *       "debtUsd": "0.00",
         *       "frozenUsd": "0.00",
         *       "restricted": [],
         *       "nextExpiry": null,
         *       "freeGiftCards": 0,
         *       "status": "OK",
         *       "lowBalanceThresholdUsd": "20.00",
         *       "criticalThresholdUsd": "5.00",
         *       "at": "2026-01-31T12:00:00.000Z"
         *     }
         */
        Balance: {
            /**
             * @description What is available and what is held, in USD.
             * @example 10.50
             */
            totalUsd: string;
            /**
             * @description What can be spent, in USD; negative in debt.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /**
             * @description What deposits bring that wait for their blocks, in USD.
             * @example 10.50
             */
            pendingUsd: string;
            /**
             * @description What is owed, in USD.
             * @example 10.50
             */
            debtUsd: string;
            /**
             * @description What disputes keep from being spent, in USD.
             * @example 10.50
             */
            frozenUsd: string;
            /** @description The part of it that is for some things only. */
            restricted: {
                /** @description The services it may pay for; null: every service. */
                services: string[] | null;
                /** @description The actions it may pay for; null: every action. */
                actions: string[] | null;
                /**
                 * @description What is left of it, in USD.
                 * @example 10.50
                 */
                availableUsd: string;
            }[];
            /** @description What ends next, on one day (UTC); null where nothing ends. */
            nextExpiry: {
                /**
                 * @description How much ends, in USD.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * Format: date-time
                 * @description When it ends.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                expiresAt: string;
            } | null;
            /** @description How many free gift cards there are. */
            freeGiftCards: number;
            /**
             * @description OK, LOW or CRITICAL (below the thresholds), SUSPENDED (nothing is left to spend).
             * @enum {string}
             */
            status: "OK" | "LOW" | "CRITICAL" | "SUSPENDED";
            /** @description Below it the balance is LOW, in USD; null: never. */
            lowBalanceThresholdUsd: string | null;
            /** @description Below it the balance is CRITICAL, in USD; null: never. */
            criticalThresholdUsd: string | null;
            /**
             * Format: date-time
             * @description The time that the balance is of.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
        };
        /** @enum {string} */
        EntryType: "DEPOSIT" | "SKU_MARGIN" | "GIFT_HOLD" | "GIFT_REDEEM" | "GIFT_HOLD_RELEASE" | "AI_API_CALL" | "GAS_SUBSIDY" | "ADJUSTMENT" | "REFUND" | "REV_SHARE_CREDIT" | "REV_SHARE_PAYOUT" | "SETTLEMENT" | "WITHDRAWAL" | "HOLD" | "HOLD_RELEASE" | "GRANT" | "LOT_EXPIRY" | "DEPOSIT_REVERSAL" | "CLAWBACK" | "FREE_TIER_GRANT" | "CHARGE" | "CHECK_IN_GRANT" | "COUPON_GRANT" | "SUBSCRIPTION_GRANT" | "CLAWBACK_REVERSAL" | "GRANT_REVERSAL";
        /**
         * @description The service that is charged.
         * @enum {string}
         */
        ServiceType: "SKU_PURCHASE" | "GIFT_CARD" | "AI_API" | "GAS_SUBSIDY" | "ORG_CHARGE" | "FEATURE";
        ListEntriesReply: {
            /** @description The entries, newest first. */
            entries: components["schemas"]["Entry"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        /**
         * @description A movement of a wallet, recorded for ever.
         * @example {
         *       "id": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
         *       "commandId": "cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
         *       "type": "AI_API_CALL",
         *       "serviceType": "AI_API",
         *       "amountUsd": "-0.35",
         *       "availableDeltaUsd": "-0.35",
         *       "heldDeltaUsd": "0.00",
         *       "availableAfterUsd": "99.65",
         *       "heldAfterUsd": "0.00",
         *       "giftCardsDelta": 0,
         *       "giftCardsAvailableAfter": 0,
         *       "giftCardsHeldAfter": 0,
         *       "idempotencyKey": "chat-8812",
         *       "lotId": "lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_1",
         *       "lotLeftUsd": "99.65",
         *       "restrictedTo": null,
         *       "refundOf": null,
         *       "holdId": null,
         *       "parentHoldId": null,
         *       "depositId": null,
         *       "orderId": null,
         *       "txHash": null,
         *       "chain": null,
         *       "action": null,
         *       "quantity": null,
         *       "price": null,
         *       "reference": "chat-8812",
         *       "description": null,
         *       "appId": null,
         *       "userId": "user-17",
         *       "teamId": null,
         *       "metadata": null,
         *       "createdAt": "2026-01-31T12:00:00.000Z"
         *     }
         */
        Entry: {
            /**
             * @description The id of the entry.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            id: string;
            /**
             * @description The same on all entries that one command wrote.
             * @example cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            commandId: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description The amount in USD; negative where it leaves the wallet.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description What it did to the available balance, in USD; signed.
             * @example 10.50
             */
            availableDeltaUsd: string;
            /**
             * @description What it did to the held balance, in USD; signed.
             * @example 10.50
             */
            heldDeltaUsd: string;
            /**
             * @description What could be spent after it, in USD.
             * @example 10.50
             */
            availableAfterUsd: string;
            /**
             * @description What open holds kept after it, in USD.
             * @example 10.50
             */
            heldAfterUsd: string;
            /** @description What it did to the number of free gift cards; signed. */
            giftCardsDelta: number;
            /** @description How many free gift cards could be used after it. */
            giftCardsAvailableAfter: number;
            /** @description How many free gift cards were held after it. */
            giftCardsHeldAfter: number;
            /**
             * @description The idempotency key of the command; null on entries of before it was kept.
             * @example order-8812-charge
             */
            idempotencyKey: string | null;
            /**
             * @description The lot that the entry opened, drew on or filled; null where there is none.
             * @example lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12
             */
            lotId: string | null;
            /** @description What the lot had left after it, in USD; null where there is none. */
            lotLeftUsd: string | null;
            /** @description What alone the lot that the entry opened may pay for; null: everything. */
            restrictedTo: {
                /** @description The services it may pay for; null: every service. */
                services: string[] | null;
                /** @description The actions it may pay for; null: every action. */
                actions: string[] | null;
            } | null;
            /**
             * @description The first entry of the charge that the entry gives back; null for other entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            refundOf: string | null;
            /**
             * @description The hold that the entry is about; null for other entries.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string | null;
            /**
             * @description The hold that the money of that hold came from; null where it came from the balance.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId: string | null;
            /** @description The id of the deposit; null where it is about none. */
            depositId: string | null;
            /** @description The id of the order; null where there is none. */
            orderId: string | null;
            /**
             * @description The hash of the transaction that the deposit came in; null for other entries.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string | null;
            /**
             * @description The chain, as a CAIP-2 id; null where it is about none.
             * @example eip155:8453
             */
            chain: string | null;
            /**
             * @description The action of the price book; null where an amount was named.
             * @example chat
             */
            action: string | null;
            /**
             * @description How many units; null where an amount was named.
             * @example 1500
             */
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /**
                 * Format: uuid
                 * @description The id of the row of the price book.
                 */
                priceId: string;
                /**
                 * @description USD for a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
                /**
                 * @description How the product was rounded.
                 * @constant
                 */
                rounding: "up";
            } | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        ListPacksReply: {
            /** @description The credit packs. */
            packs: components["schemas"]["Pack"][];
        };
        Pack: {
            /**
             * @description The id of the pack.
             * @example starter
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Starter
             */
            name: string;
            /**
             * @description What it costs and brings, in USD.
             * @example 10.50
             */
            amountUsd: string;
            /** @description How many free gift cards it brings. */
            freeGiftCards: number;
            /**
             * @description A line about the pack.
             * @example To try it out
             */
            tagline: string;
            /** @description Whether most buyers choose it. */
            popular: boolean;
        };
        ListSendersReply: {
            /** @description The senders, newest first. */
            senders: components["schemas"]["Sender"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Sender: {
            /**
             * Format: uuid
             * @description The id of the sender.
             */
            senderId: string;
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id; null: every configured chain of the family.
             * @example eip155:8453
             */
            chain: string | null;
            /** @description The chains on which deposits from it count. */
            chains: string[];
            /**
             * @description The name that people read; null without one.
             * @example Treasury
             */
            label: string | null;
            /**
             * @description `bound`, or `unproven` until a proof of ownership is given.
             * @enum {string}
             */
            state: "bound" | "unproven";
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2026-01-31T12:00:00.000Z
             */
            registeredAt: string;
            /** @description When the org last proved that it owns the address; null when it never did. */
            provenAt: string | null;
        };
        RegisterSenderRequest: {
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id; left out: every configured chain of the family.
             * @example eip155:8453
             */
            chain?: string;
            /**
             * @description A name that people read.
             * @example Treasury
             */
            label?: string;
            /**
             * @description A credit pack that the next deposit is to pay for.
             * @example starter
             */
            packId?: string;
            /** @description The signed challenge. */
            proof?: {
                /**
                 * @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet.
                 * @example coffer.example wants you to sign in with your Ethereum account:
                 *     0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                message: string | {
                    /** @description The types of the typed data. */
                    types: {
                        [key: string]: {
                            /**
                             * @description The name of the field.
                             * @example org
                             */
                            name: string;
                            /**
                             * @description The type of the field.
                             * @example shortstring
                             */
                            type: string;
                        }[];
                    };
                    /**
                     * @description The name of the type that is signed.
                     * @example Challenge
                     */
                    primaryType: string;
                    /** @description The domain of the typed data. */
                    domain: {
                        [key: string]: string;
                    };
                    /** @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet. */
                    message: {
                        [key: string]: string;
                    };
                };
                /**
                 * @description 0x and hex on EVM chains, a list of felts as text on Starknet.
                 * @example 0x1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b
                 */
                signature: string | string[];
            };
        };
        RegisterSenderReply: {
            /**
             * Format: uuid
             * @description The id of the sender.
             */
            senderId: string;
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id; null: every configured chain of the family.
             * @example eip155:8453
             */
            chain: string | null;
            /** @description The chains on which deposits from it count. */
            chains: string[];
            /**
             * @description The name that people read; null without one.
             * @example Treasury
             */
            label: string | null;
            /**
             * @description `bound`, or `unproven` until a proof of ownership is given.
             * @enum {string}
             */
            state: "bound" | "unproven";
            /**
             * Format: date-time
             * @description When it was registered.
             * @example 2026-01-31T12:00:00.000Z
             */
            registeredAt: string;
            /** @description When the org last proved that it owns the address; null when it never did. */
            provenAt: string | null;
            /** @description Where to send: one address for each token and chain. */
            creditsAddresses: {
                /**
                 * @description The chain, as a CAIP-2 id.
                 * @example eip155:8453
                 */
                chain: string;
                /**
                 * @description The credits address to send to.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                address: string;
                /**
                 * @description The address of the token contract.
                 * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                 */
                token: string;
                /**
                 * @description The symbol of the token.
                 * @example USDC
                 */
                symbol: string;
                /** @description How long a deposit usually takes to be credited, in seconds, as the deployment says; null when it does not. */
                expectedSeconds: number | null;
            }[];
            /** @description The longest of those of the addresses, in seconds; null when one of them is unknown. */
            expectedSeconds: number | null;
            /**
             * Format: uuid
             * @description The order that the deposit is to pay, where a pack was named.
             */
            orderId?: string;
            /**
             * @description What an unproven sender still needs.
             * @example sign the challenge to prove that you own the address
             */
            note?: string;
            /** @description The message to sign, for an unproven sender. */
            challenge?: components["schemas"]["SenderChallenge"];
        };
        SenderChallenge: {
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The address whose owner signs.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description What the signature is for.
             * @enum {string}
             */
            purpose: "register" | "claim";
            /**
             * @description The transaction whose deposit is claimed; null otherwise.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string | null;
            /**
             * @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet.
             * @example coffer.example wants you to sign in with your Ethereum account:
             *     0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            message: string | {
                /** @description The types of the typed data. */
                types: {
                    [key: string]: {
                        /**
                         * @description The name of the field.
                         * @example org
                         */
                        name: string;
                        /**
                         * @description The type of the field.
                         * @example shortstring
                         */
                        type: string;
                    }[];
                };
                /**
                 * @description The name of the type that is signed.
                 * @example Challenge
                 */
                primaryType: string;
                /** @description The domain of the typed data. */
                domain: {
                    [key: string]: string;
                };
                /** @description The message to sign: a text (EIP-191 personal_sign) on EVM, typed data (SNIP-12) on Starknet. */
                message: {
                    [key: string]: string;
                };
            };
            /**
             * Format: date-time
             * @description When it was issued.
             */
            issuedAt: string;
            /**
             * Format: date-time
             * @description Until when the signature is taken.
             */
            expiresAt: string;
        };
        ListDepositsReply: {
            /** @description The deposits. */
            deposits: components["schemas"]["Deposit"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Deposit: {
            /**
             * Format: uuid
             * @description The id of the deposit.
             */
            id: string;
            /**
             * @description How far it is, such as `confirming` or `credited`.
             * @example credited
             */
            state: string;
            /**
             * @description Why it is in this state; null when the state says enough.
             * @example below_minimum
             */
            reason: string | null;
            /**
             * @description The amount in USD.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The address of the token contract.
             * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
             */
            token: string;
            /**
             * @description The hash of the transaction on the chain.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
            /** @description The position of the transfer among the logs of its transaction. */
            ordinal: number;
            /**
             * @description The address that sent the transfer.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            fromAddress: string;
            /**
             * @description The address that received the transfer.
             * @example 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359
             */
            toAddress: string;
            /** @description The number of the block. */
            blockNumber: number;
            /**
             * Format: date-time
             * @description The time of the block.
             * @example 2026-01-31T12:00:00.000Z
             */
            blockTime: string;
            /** @description How many blocks are above that of the deposit; null while that is unknown. */
            confirmations: number | null;
            /** @description How many blocks have to be above it; null while that is unknown. */
            confirmationsNeeded: number | null;
            /** @description Seconds until it has enough confirmations, at its chain's pace; null when unknown or when it waits for none. */
            estimatedSeconds: number | null;
            /** @description Whether it was credited early, within the org's provisional limit, and its chain could still undo it. */
            provisional: boolean;
            /**
             * @description The entry that credited it; null while it is not credited.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string | null;
            /** @description The order that it pays; null where it pays none. */
            orderId: string | null;
            /**
             * Format: date-time
             * @description When it was first seen.
             * @example 2026-01-31T12:00:00.000Z
             */
            observedAt: string;
            /** @description When it was credited; null while it is not. */
            creditedAt: string | null;
        };
        TraceDepositReply: {
            /**
             * @description The hash of the transaction.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
            /** @description Whether any transfer of the transaction has been seen for this org. */
            found: boolean;
            /**
             * @description What is known, and what to do next, for people.
             * @example The transfer waits for 3 more blocks.
             */
            explanation: string;
            /** @description The transfers of the transaction that concern the org. */
            transfers: {
                /**
                 * Format: uuid
                 * @description The id of the deposit.
                 */
                id: string;
                /**
                 * @description How far it is, such as `confirming` or `credited`.
                 * @example credited
                 */
                state: string;
                /**
                 * @description Why it is in this state; null when the state says enough.
                 * @example below_minimum
                 */
                reason: string | null;
                /** @description The amount in USD; null when the token is not one that is credited, since its units are not dollars. */
                amountUsd: string | null;
                /**
                 * @description The chain, as a CAIP-2 id.
                 * @example eip155:8453
                 */
                chain: string;
                /**
                 * @description The address of the token contract.
                 * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                 */
                token: string;
                /**
                 * @description The hash of the transaction on the chain.
                 * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
                 */
                txHash: string;
                /** @description The position of the transfer among the logs of its transaction. */
                ordinal: number;
                /**
                 * @description The address that sent the transfer.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                fromAddress: string;
                /**
                 * @description The address that received the transfer.
                 * @example 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359
                 */
                toAddress: string;
                /** @description The number of the block. */
                blockNumber: number;
                /**
                 * Format: date-time
                 * @description The time of the block.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                blockTime: string;
                /** @description How many blocks are above that of the deposit; null while that is unknown. */
                confirmations: number | null;
                /** @description How many blocks have to be above it; null while that is unknown. */
                confirmationsNeeded: number | null;
                /** @description Seconds until it has enough confirmations, at its chain's pace; null when unknown or when it waits for none. */
                estimatedSeconds: number | null;
                /** @description Whether it was credited early, within the org's provisional limit, and its chain could still undo it. */
                provisional: boolean;
                /**
                 * @description The entry that credited it; null while it is not credited.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                entryId: string | null;
                /** @description The order that it pays; null where it pays none. */
                orderId: string | null;
                /**
                 * Format: date-time
                 * @description When it was first seen.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                observedAt: string;
                /** @description When it was credited; null while it is not. */
                creditedAt: string | null;
                /**
                 * @description The amount in base units of the token.
                 * @example 10000000
                 */
                amountUnits: string;
                /**
                 * @description The symbol of the token; null for a token that is not configured.
                 * @example USDC
                 */
                symbol: string | null;
                /**
                 * @description What came of the transfer.
                 * @enum {string}
                 */
                outcome: "credited" | "waiting" | "not_credited" | "taken_back";
                /**
                 * @description What is known, and what to do next, for people.
                 * @example The transfer waits for 3 more blocks.
                 */
                explanation: string;
            }[];
            /** @description Whether the transaction has more transfers than these. */
            more: boolean;
        };
        ListHoldsReply: {
            /** @description The holds, newest first. */
            holds: components["schemas"]["Hold"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Hold: {
            /**
             * @description The id of the hold.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId: string;
            /**
             * @description `open`, or what ended it; capturedUsd says how much of it was captured before.
             * @enum {string}
             */
            state: "open" | "captured" | "released" | "expired";
            /**
             * @description The service that is charged.
             * @example AI_API
             */
            serviceType: string;
            /** @description Whether a free gift card is held in place of money. */
            useGiftCard: boolean;
            /**
             * @description What is held, in USD; zero when a free gift card is held instead.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description What it has left, in USD.
             * @example 10.50
             */
            leftUsd: string;
            /**
             * @description What was captured of the hold, in USD.
             * @example 10.50
             */
            capturedUsd: string;
            /**
             * @description What its open children hold, in USD.
             * @example 10.50
             */
            childrenUsd: string;
            /**
             * @description The hold that it draws from; null where it draws on the balance.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId: string | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When the hold was opened.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /** @description When the hold ends in any case; null where it has no end. */
            expiresAt: string | null;
            /** @description How often its owner has to report, in seconds; null where nobody has to. */
            heartbeatSeconds: number | null;
            /** @description When it ends without another report; null where nobody has to report. */
            aliveUntil: string | null;
            /** @description When it was closed; null while it is open. */
            closedAt: string | null;
        };
        ListOrdersReply: {
            /** @description The orders, newest first. */
            orders: components["schemas"]["Order"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Order: {
            /**
             * Format: uuid
             * @description The id of the order.
             */
            id: string;
            /**
             * @description The state of the order.
             * @enum {string}
             */
            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
            /**
             * @description Why; null when nothing needs saying.
             * @example amount_differs
             */
            reason: string | null;
            /**
             * @description How it is paid.
             * @enum {string}
             */
            channel: "chain" | "card" | "auto_refill";
            /**
             * @description The id of the credit pack; null where no pack was bought.
             * @example starter
             */
            packId: string | null;
            /** @description The id of the product; null where none was bought. */
            productId: string | null;
            /**
             * @description The price in USD.
             * @example 10.50
             */
            amountUsd: string;
            /** @description The price in cents. */
            priceCents: number;
            /**
             * @description The credit that it brings, in USD.
             * @example 10.50
             */
            creditUsd: string;
            /** @description How many free gift cards it brings. */
            giftCards: number;
            /** @description What was given back to the payer, in cents. */
            refundedCents: number;
            /**
             * @description The credit that was taken back, in USD.
             * @example 10.50
             */
            takenBackUsd: string;
            /** @description The dispute of the payment; null where there is none. */
            dispute: {
                /**
                 * @description The provider's word for its state.
                 * @example needs_response
                 */
                status: string;
                /** @description Until when it has to be answered; null where that is unknown. */
                dueBy: string | null;
            } | null;
            /**
             * @description The provider's page with the receipt; null where there is none.
             * @example https://pay.example/receipts/1
             */
            receiptUrl: string | null;
            /**
             * @description The number of the org's own purchase order; null without one.
             * @example PO-2026-118
             */
            poNumber: string | null;
            /** @description The pairs of text that the caller noted. */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when it can be paid.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /** @description What happened to it, in order. */
            timeline: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description What happened.
                 * @example paid
                 */
                what: string;
                /**
                 * @description Who reported it.
                 * @enum {string}
                 */
                source: "api" | "chain" | "provider" | "operator" | "clock";
            }[];
        };
        /**
         * @example {
         *       "poNumber": "PO-2026-118"
         *     }
         */
        UpdateOrderRequest: {
            /**
             * @description The number of the org's own purchase order; null removes it.
             * @example PO-2026-118
             */
            poNumber?: string | null;
            /** @description Replaces all metadata of the order. */
            metadata?: {
                [key: string]: string;
            };
        };
        CancelOrderRequest: Record<string, never>;
        CreateCheckoutRequest: {
            /**
             * @description The id of the pack that is bought; or `amountUsd` in its place.
             * @example starter
             */
            packId?: string;
            /**
             * @description What is bought, in whole cents; in place of packId.
             * @example 10.50
             */
            amountUsd?: string;
            /**
             * @description Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.
             * @example https://shop.example/paid
             */
            successUrl: string;
            /**
             * @description Where the payer goes without paying.
             * @example https://shop.example/cart
             */
            cancelUrl: string;
            /** @description The caller's own pairs of text, kept with the order. */
            metadata?: {
                [key: string]: string;
            };
            /** @description Keeps the payment method, so that auto-refill may be turned on. */
            savePaymentMethod?: boolean;
        };
        CreateCheckoutReply: {
            /**
             * @description Where the payer pays; null once the checkout is closed.
             * @example https://checkout.example/c/cs_1
             */
            url: string | null;
            /**
             * @description The id of the checkout.
             * @example cs_test_a1
             */
            sessionId: string;
            /**
             * Format: uuid
             * @description The id of the order.
             */
            orderId: string;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        Settings: {
            /** @description Below it the balance is LOW, in USD; null: never. */
            lowBalanceThresholdUsd: string | null;
            /** @description Below it the balance is CRITICAL, in USD; null: never. */
            criticalThresholdUsd: string | null;
            /**
             * @description Up to which price a free gift card pays, in USD.
             * @example 10.50
             */
            freeGiftCardMaxUsd: string;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description How many days before credit ends the event `credits.expiring` is sent; empty: never. */
            expiryNoticeDays: number[];
        };
        UpdateSettingsRequest: {
            /** @description Below it the balance is LOW, in USD; null: never. */
            lowBalanceThresholdUsd?: string | null;
            /** @description Below it the balance is CRITICAL, in USD; null: never. */
            criticalThresholdUsd?: string | null;
            /**
             * @description Up to which price a free gift card pays, in USD.
             * @example 5.00
             */
            freeGiftCardMaxUsd?: string;
            /** @description Whose days and months the budgets of the org go by; UTC unless it is set. */
            timeZone?: string;
            /** @description How many days before credit ends the event `credits.expiring` is sent; null: 30, 7 and 1; empty: never. */
            expiryNoticeDays?: number[] | null;
        };
        Approval: {
            /**
             * Format: uuid
             * @description The id of the request.
             */
            id: string;
            /** @description The org that it is about; null where it is about a user, or about the whole deployment. */
            org: string | null;
            /**
             * @description The user whose wallet it is about; null where it is about none.
             * @example user-17
             */
            user: string | null;
            /** @description Whether it is open, or what became of it. */
            state: components["schemas"]["ApprovalState"];
            /**
             * @description What is done once it is approved, in words.
             * @example Grant of 150.00 USD
             */
            what: string;
            /** @description The booking that is requested; null for a change. */
            booking: {
                /** @description What kind of entry it would be. */
                type: components["schemas"]["EntryType"];
                /**
                 * @description What the wallet gains by it, in USD; signed.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * @description Why it is requested.
                 * @example agreed with the customer
                 */
                reason: string;
                /**
                 * @description The service that is charged; null where none is.
                 * @example AI_API
                 */
                serviceType: string | null;
                /** @description When the credit expires; null where it does not. */
                expiresAt: string | null;
                /** @description What alone the credit may pay for; null: everything. */
                restrictedTo: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                } | null;
                /**
                 * @description The first entry of the charge that is given back; null for other bookings.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                refundOf: string | null;
                /**
                 * @description The caller's own reference.
                 * @example chat-8812
                 */
                reference: string | null;
                /** @description The pairs of text that the caller noted. */
                metadata: {
                    [key: string]: string;
                } | null;
            } | null;
            /** @description The change that is requested, such as a price; null for a booking. */
            change: {
                /**
                 * @description What is to be changed.
                 * @example price
                 */
                kind: string;
                /** @description How much credit counts against the limit, in USD; null: nothing bounds it. */
                countsUsd: string | null;
            } | null;
            /**
             * @description Who requested it.
             * @example key:0aB3dE7z
             */
            requestedBy: string;
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-01-31T12:00:00.000Z
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description The time until which it may be decided; of a booking, when the credit expires, null where it does not.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /**
             * @description Who decided; null while nobody has.
             * @example user:ada
             */
            decidedBy: string | null;
            /** @description When it was decided; null while it is open. */
            decidedAt: string | null;
            /**
             * @description Why it was decided so; null without a reason.
             * @example checked
             */
            decisionReason: string | null;
            /**
             * @description The first of the entries of a booking; null until they are written.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string | null;
            /**
             * @description The code with which what was approved was refused at the last try; null when it was not. Approving a booking again tries again.
             * @example CREDIT_INSUFFICIENT
             */
            refusal: string | null;
            /**
             * @description Why, in words; null where only the code is known.
             * @example 10.00 USD needed, 3.00 USD available
             */
            refusalDetail: string | null;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        /** @enum {string} */
        ApprovalState: "pending" | "approved" | "rejected" | "failed" | "expired";
        GetStatementReply: {
            /**
             * Format: uuid
             * @description The id of the org.
             */
            orgId: string;
            /**
             * Format: date-time
             * @description The beginning; what happens at this time belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description The end; what happens at this time no longer belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            to: string;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description True while the period may still get entries. */
            open: boolean;
            /** @description When it was read; null for a period that is closed. */
            asOf: string | null;
            /** @description The balances at the beginning. */
            opening: {
                /**
                 * @description What can be spent, in USD.
                 * @example 10.50
                 */
                availableUsd: string;
                /**
                 * @description What open holds keep, in USD.
                 * @example 10.50
                 */
                heldUsd: string;
                /**
                 * @description The part that was paid for, in USD.
                 * @example 10.50
                 */
                paidUsd: string;
                /**
                 * @description The part that was given, in USD.
                 * @example 10.50
                 */
                promotionalUsd: string;
                /**
                 * @description What is owed, in USD.
                 * @example 10.50
                 */
                debtUsd: string;
                /** @description How many free gift cards there are. */
                freeGiftCards: number;
                /** @description What of the available credit is for some things only. */
                restricted: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                    /**
                     * @description What is left of it, in USD.
                     * @example 10.50
                     */
                    availableUsd: string;
                }[];
            };
            /** @description What moved, by type and service. */
            movements: {
                /** @description What kind of entries. */
                type: components["schemas"]["EntryType"];
                /**
                 * @description The service that is charged; null where none is.
                 * @example AI_API
                 */
                serviceType: string | null;
                /** @description How many entries. */
                entries: number;
                /**
                 * @description What it did to the available balance, in USD; signed.
                 * @example 10.50
                 */
                availableDeltaUsd: string;
                /**
                 * @description What it did to the held balance, in USD; signed.
                 * @example 10.50
                 */
                heldDeltaUsd: string;
                /**
                 * @description What it did to the credit that was paid for, in USD; signed.
                 * @example 10.50
                 */
                paidDeltaUsd: string;
                /**
                 * @description What it did to the credit that was given, in USD; signed.
                 * @example 10.50
                 */
                promotionalDeltaUsd: string;
                /**
                 * @description What it did to the debt, in USD; signed.
                 * @example 10.50
                 */
                debtDeltaUsd: string;
                /** @description What it did to the number of free gift cards; signed. */
                giftCardsDelta: number;
            }[];
            /** @description The balances at the end. */
            closing: {
                /**
                 * @description What can be spent, in USD.
                 * @example 10.50
                 */
                availableUsd: string;
                /**
                 * @description What open holds keep, in USD.
                 * @example 10.50
                 */
                heldUsd: string;
                /**
                 * @description The part that was paid for, in USD.
                 * @example 10.50
                 */
                paidUsd: string;
                /**
                 * @description The part that was given, in USD.
                 * @example 10.50
                 */
                promotionalUsd: string;
                /**
                 * @description What is owed, in USD.
                 * @example 10.50
                 */
                debtUsd: string;
                /** @description How many free gift cards there are. */
                freeGiftCards: number;
                /** @description What of the available credit is for some things only. */
                restricted: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                    /**
                     * @description What is left of it, in USD.
                     * @example 10.50
                     */
                    availableUsd: string;
                }[];
            };
        };
        ExplainDecisionReply: {
            /** @description One for an entry or a hold; for a request, one for each of its refused commands, up to 20. */
            decisions: components["schemas"]["Decision"][];
            /** @description The id of a hold: why it was opened, and what became of it; in the answer what became of it, null for others. */
            hold: {
                /**
                 * @description The id of the hold.
                 * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
                 */
                holdId: string;
                /**
                 * @description `open`, or what ended it.
                 * @enum {string}
                 */
                state: "open" | "captured" | "released" | "expired";
                /**
                 * @description What it has left, in USD.
                 * @example 10.50
                 */
                leftUsd: string;
                /**
                 * @description What was captured of the hold, in USD.
                 * @example 10.50
                 */
                capturedUsd: string;
                /** @description When it expires; null where it does not. */
                expiresAt: string | null;
                /** @description When it was closed; null while it is open. */
                closedAt: string | null;
            } | null;
        };
        Decision: {
            /**
             * @description Whether the command was accepted.
             * @enum {string}
             */
            outcome: "accepted" | "refused";
            /**
             * @description What was asked for.
             * @example treasury.debit
             */
            operation: string;
            /**
             * Format: date-time
             * @description When it was decided.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
            /**
             * @description The decision in words, for people.
             * @example The debit of 10.00 USD was refused: 3.00 USD were available.
             */
            explanation: string;
            /** @description Why it was refused; null where it was accepted. */
            refusal: {
                /**
                 * @description The code of the refusal.
                 * @enum {string}
                 */
                code: "VALIDATION_FAILED" | "ORG_REQUIRED" | "SERVICE_TYPE_RESERVED" | "SIGNATURE_INVALID" | "PLAN_NOT_SELLABLE" | "UNAUTHENTICATED" | "CREDIT_INSUFFICIENT" | "CARD_DECLINED" | "FORBIDDEN" | "ORG_SUSPENDED" | "USER_SUSPENDED" | "NOT_FOUND" | "SENDER_CLAIMED" | "HOLD_NOT_PENDING" | "HOLD_EXCEEDED" | "DEPOSIT_NOT_OPEN" | "ORDER_NOT_OPEN" | "PRODUCT_INACTIVE" | "ALREADY_CHECKED_IN" | "CHECKIN_DISABLED" | "COUPON_UNUSABLE" | "DISPUTE_NOT_OPEN" | "PAYMENTS_NOT_CONFIGURED" | "REFUND_NOT_POSSIBLE" | "SUBSCRIPTION_STATE" | "IDEMPOTENCY_CONFLICT" | "CURSOR_AHEAD" | "BODY_TOO_LARGE" | "RATE_LIMITED" | "PAYMENT_PROVIDER_FAILED" | "LEDGER_UNAVAILABLE" | "DEPOSIT_ADDRESS_UNAVAILABLE" | "RECOVERY_REQUIRED";
                /**
                 * @description What the caller was answered.
                 * @example 10.00 USD needed, 3.00 USD available
                 */
                message: string;
                /**
                 * @description Which check refused.
                 * @enum {string}
                 */
                by: "rule" | "suspension" | "other";
            } | null;
            /** @description What would have turned the decision round, the nearest first. */
            changes: {
                /**
                 * @description What would have to be different.
                 * @enum {string}
                 */
                change: "available" | "amount" | "budget" | "quantity" | "time" | "openHolds" | "overrun" | "frozen" | "restricted" | "suspension";
                /** @description By how much, in USD; null where it is about no amount. */
                byUsd: string | null;
                /**
                 * @description By how many units; null where it is about none.
                 * @example 500
                 */
                byQuantity: string | null;
                /** @description How many seconds earlier; null where it is about no time. */
                earlierSeconds: number | null;
                /**
                 * @description The same in words.
                 * @example With 7.00 USD more available it would have been accepted.
                 */
                text: string;
            }[];
            /** @description The wallet before the command; null where it is not known. */
            before: {
                /**
                 * @description The last entry before the command; null where there was none.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                entryId: string | null;
                /**
                 * @description What could be spent, in USD.
                 * @example 10.50
                 */
                availableUsd: string;
                /**
                 * @description What open holds kept, in USD.
                 * @example 10.50
                 */
                heldUsd: string;
                /**
                 * @description What is owed, in USD.
                 * @example 10.50
                 */
                debtUsd: string;
                /**
                 * @description What disputes keep from being spent, in USD.
                 * @example 10.50
                 */
                frozenUsd: string;
                /** @description How many free gift cards there are. */
                freeGiftCards: number;
            } | null;
            /** @description Whether the rule decides the same again on that state; null where it was not the rule that refused. */
            reproduced: boolean | null;
            /** @description What is known of that state; of a hold, `open` or what ended it. */
            state: {
                /** @description What is known of that state. */
                complete: boolean;
                /** @description How many entries were read to find out. */
                entriesRead: number;
            };
            /** @description The lots that the command touched. */
            lots: {
                /**
                 * @description The id of the lot.
                 * @example lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12
                 */
                lotId: string;
                /** @description What opened the lot; null where that is unknown. */
                source: ("deposit" | "card" | "grant" | "refund" | "adjustment" | "settlement" | "rev_share") | null;
                /** @description Whether its credit was given, not paid for. */
                promotional: boolean;
                /** @description When it expires; null where it does not. */
                expiresAt: string | null;
                /**
                 * @description What the command did to the lot, in USD; signed.
                 * @example 10.50
                 */
                deltaUsd: string;
                /**
                 * @description What it has left, in USD.
                 * @example 10.50
                 */
                leftUsd: string;
            }[];
            /** @description How the command was priced. */
            price: {
                /**
                 * @description The action of the price book; null where an amount was named.
                 * @example chat
                 */
                action: string | null;
                /**
                 * @description How many units; null where an amount was named.
                 * @example 1500
                 */
                quantity: string | null;
                /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
                price: {
                    /**
                     * Format: uuid
                     * @description The id of the row of the price book.
                     */
                    priceId: string;
                    /**
                     * @description USD for a unit.
                     * @example 0.00002
                     */
                    rateUsd: string;
                    /**
                     * @description How the product was rounded.
                     * @constant
                     */
                    rounding: "up";
                } | null;
            };
            /** @description Who asked for it. */
            asked: {
                /**
                 * @description Who called; null where that was not kept.
                 * @example key:0aB3dE7z
                 */
                actor: string | null;
                /**
                 * @description The id of the request: `requestId` of its problem, or the header `X-Request-Id` of its answer.
                 * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
                 */
                requestId: string | null;
                /**
                 * @description The idempotency key of the command.
                 * @example order-8812-charge
                 */
                idempotencyKey: string | null;
                /**
                 * @description The caller's app that spends.
                 * @example desk
                 */
                appId: string | null;
                /**
                 * @description The user.
                 * @example user-17
                 */
                userId: string | null;
                /**
                 * @description The team that spends.
                 * @example support
                 */
                teamId: string | null;
            };
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
        };
        ListBudgetsReply: {
            /** @description The budgets, newest first. */
            budgets: components["schemas"]["Budget"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Budget: {
            /**
             * Format: uuid
             * @description The id of the budget.
             */
            id: string;
            /**
             * @description The name that people read; null without one.
             * @example Chat of user-17
             */
            name: string | null;
            /**
             * @description Which field of a spend it is about; `key`: the API key that makes the call.
             * @enum {string}
             */
            subject: "userId" | "teamId" | "appId" | "serviceType" | "key";
            /**
             * @description The user, team, app, service or key that it is about.
             * @example user-17
             */
            value: string;
            /**
             * @description When the budget begins anew, in the time zone of the org; `none`: never.
             * @enum {string}
             */
            period: "day" | "month" | "none";
            /**
             * @description A hard budget refuses what would pass its limit; a soft one only counts and warns.
             * @enum {string}
             */
            mode: "hard" | "soft";
            /**
             * @description The limit of a period, in USD.
             * @example 10.50
             */
            limitUsd: string;
            /** @description The part of the limit, in percent, from which on `budget.warned` is sent; null: it is not. */
            warnAtPercent: number | null;
            /**
             * @description What was spent in the present period, in USD.
             * @example 10.50
             */
            usedUsd: string;
            /**
             * @description What open holds reserve of it, in USD.
             * @example 10.50
             */
            reservedUsd: string;
            /**
             * @description What is left of the limit, in USD; zero where more was counted than the limit.
             * @example 10.50
             */
            leftUsd: string;
            /** @description When the present period began; null where there is none. */
            periodStart: string | null;
            /** @description The end of the present period; null where the budget has none. */
            renewsAt: string | null;
            /**
             * @description The time zone of its periods.
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        CreateBudgetRequest: {
            /**
             * @description The name that people read.
             * @example Chat of user-17
             */
            name?: string;
            /**
             * @description Which field of a spend it is about; `key`: the API key that makes the call.
             * @enum {string}
             */
            subject: "userId" | "teamId" | "appId" | "serviceType" | "key";
            /** @description The user, team, app, service, or the id of the key. */
            value: string;
            /**
             * @description When it begins anew, in the time zone of the org; `none`: never.
             * @enum {string}
             */
            period: "day" | "month" | "none";
            /**
             * @description The limit of a period, in USD.
             * @example 10.50
             */
            limitUsd: string;
            /**
             * @description A hard budget refuses what would pass its limit; a soft one only counts and warns.
             * @enum {string}
             */
            mode: "hard" | "soft";
            /** @description The part of the limit from which on `budget.warned` is sent; null: it is not. */
            warnAtPercent?: number | null;
        };
        UpdateBudgetRequest: {
            /**
             * @description The name that people read; null without one.
             * @example Chat of user-17
             */
            name?: string | null;
            /**
             * @description The limit of a period, in USD.
             * @example 10.50
             */
            limitUsd?: string;
            /**
             * @description A hard budget refuses what would pass its limit; a soft one only counts and warns.
             * @enum {string}
             */
            mode?: "hard" | "soft";
            /** @description The part of the limit from which on `budget.warned` is sent; null: it is not. */
            warnAtPercent?: number | null;
        };
        AutoRefill: {
            /** @description Whether auto-refill is on. Turning it on is the consent to be charged without being asked. */
            enabled: boolean;
            /**
             * @description What auto-refill does at present.
             * @enum {string}
             */
            state: "off" | "on" | "waiting_for_payment_method" | "stopped";
            /** @description It buys when less than this can be spent, in USD; null while it was never set. */
            thresholdUsd: string | null;
            /**
             * @description The pack that it buys; null where it buys up to a target.
             * @example starter
             */
            packId: string | null;
            /** @description It buys as much as brings the balance up to this, in place of a pack, in USD; null where it buys a pack. */
            targetUsd: string | null;
            /**
             * @description What all purchases of a UTC day cost at most, in USD.
             * @example 10.50
             */
            maxDayUsd: string;
            /**
             * @description What all purchases of a UTC month cost at most, in USD.
             * @example 10.50
             */
            maxMonthUsd: string;
            /** @description How many purchases a UTC day has at most. */
            maxDayCount: number;
            /** @description When and why the service turned it off; null when it did not. */
            stopped: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description Why.
                 * @enum {string}
                 */
                reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
            } | null;
            /** @description When it is tried again; null where it is not. */
            nextAttemptAt: string | null;
            /** @description The order that auto-refill waits for; null where there is none. */
            openOrderId: string | null;
            /** @description Who agreed to which terms, and when; null while it was never turned on. */
            consent: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description Who agreed.
                 * @example user:ada
                 */
                by: string;
                /** @description It buys when less than this can be spent, in USD; null while it was never set. */
                thresholdUsd: string | null;
                /**
                 * @description The pack that it buys; null where it buys up to a target.
                 * @example starter
                 */
                packId: string | null;
                /** @description It buys as much as brings the balance up to this, in place of a pack, in USD; null where it buys a pack. */
                targetUsd: string | null;
                /**
                 * @description What all purchases of a UTC day cost at most, in USD.
                 * @example 10.50
                 */
                maxDayUsd: string;
                /**
                 * @description What all purchases of a UTC month cost at most, in USD.
                 * @example 10.50
                 */
                maxMonthUsd: string;
                /** @description How many purchases a UTC day has at most. */
                maxDayCount: number;
                /**
                 * @description Which version of the text of consent the person saw; null where they named none.
                 * @example 2026-11
                 */
                textVersion: string | null;
            } | null;
        };
        SetAutoRefillRequest: {
            /** @description Whether auto-refill is on. Turning it on is the consent to be charged without being asked. */
            enabled: boolean;
            /**
             * @description It buys when less than this can be spent, in USD.
             * @example 5.00
             */
            thresholdUsd?: string;
            /**
             * @description The pack that it buys.
             * @example starter
             */
            packId?: string;
            /**
             * @description It buys as much as brings the balance up to this, in place of a pack, in USD.
             * @example 10.50
             */
            targetUsd?: string;
            /**
             * @description What all purchases of a UTC day cost at most, in USD.
             * @example 10.50
             */
            maxDayUsd?: string;
            /**
             * @description What all purchases of a UTC month cost at most, in USD.
             * @example 10.50
             */
            maxMonthUsd?: string;
            /** @description How many purchases a UTC day has at most. */
            maxDayCount?: number;
            /**
             * @description Which version of the text of consent the person saw.
             * @example 2026-11
             */
            consentTextVersion?: string;
        };
        ListOwnKeysReply: {
            /** @description The keys. */
            keys: components["schemas"]["Key"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Key: {
            /**
             * @description The id of the key.
             * @example 0aB3dE7z
             */
            id: string;
            /**
             * @description Whose key it is.
             * @enum {string}
             */
            kind: "org" | "platform" | "admin";
            /** @description The org that a key of kind org is bound to; null for other kinds. */
            org: string | null;
            /**
             * @description The name that people read.
             * @example Chat service
             */
            name: string;
            /** @description What the key may do. */
            scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
            /**
             * @description `active`; `replaced`: still valid, beside the key that replaces it; `expired`; `revoked`.
             * @enum {string}
             */
            state: "active" | "replaced" | "expired" | "revoked";
            /** @description The address ranges that it may be used from; null: every address. */
            allowedIps: string[] | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /** @description When the key expires; null: never. */
            expiresAt: string | null;
            /** @description When it was revoked; null while it is valid. */
            revokedAt: string | null;
            /** @description When it was last used, to the minute; null when it never was. */
            lastUsedAt: string | null;
            /**
             * @description The id of the key that replaces it; null where none does.
             * @example 1bC4eF8a
             */
            replacedBy: string | null;
            /** @description Above it the key's calls that create credit wait for a second person; null: the deployment's limit holds alone. */
            mintLimitUsd: string | null;
            /** @description Who created it, who created that caller's key, and so on; empty for keys created at the command line. */
            madeBy: string[];
        };
        CreateOwnKeyRequest: {
            /**
             * @description The name that people read.
             * @example Chat service
             */
            name: string;
            /** @description What the key may do. */
            scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
            /**
             * Format: date-time
             * @description When the key expires; left out: never.
             */
            expiresAt?: string;
            /** @description The address ranges that it may be used from; left out: every address. */
            allowedIps?: string[];
        };
        NewKey: {
            /**
             * @description The id of the key.
             * @example 0aB3dE7z
             */
            id: string;
            /**
             * @description Whose key it is.
             * @enum {string}
             */
            kind: "org" | "platform" | "admin";
            /** @description The org that a key of kind org is bound to; null for other kinds. */
            org: string | null;
            /**
             * @description The name that people read.
             * @example Chat service
             */
            name: string;
            /** @description What the key may do. */
            scopes: ("treasury:read" | "treasury:spend" | "treasury:admin")[];
            /**
             * @description `active`; `replaced`: still valid, beside the key that replaces it; `expired`; `revoked`.
             * @enum {string}
             */
            state: "active" | "replaced" | "expired" | "revoked";
            /** @description The address ranges that it may be used from; null: every address. */
            allowedIps: string[] | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /** @description When the key expires; null: never. */
            expiresAt: string | null;
            /** @description When it was revoked; null while it is valid. */
            revokedAt: string | null;
            /** @description When it was last used, to the minute; null when it never was. */
            lastUsedAt: string | null;
            /**
             * @description The id of the key that replaces it; null where none does.
             * @example 1bC4eF8a
             */
            replacedBy: string | null;
            /** @description Above it the key's calls that create credit wait for a second person; null: the deployment's limit holds alone. */
            mintLimitUsd: string | null;
            /** @description Who created it, who created that caller's key, and so on; empty for keys created at the command line. */
            madeBy: string[];
            /**
             * @description The key itself, which is shown only here.
             * @example ck_live_0aB3dE7z_secret
             */
            key: string;
        };
        ListMembersReply: {
            /** @description The people, newest first. */
            members: components["schemas"]["Member"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Member: {
            /**
             * @description The person's id in the sign-in.
             * @example ada
             */
            user: string;
            /**
             * @description Their role, as their token said when they were seen last.
             * @enum {string}
             */
            role: "owner" | "admin" | "finance" | "member" | "viewer";
            /**
             * Format: date-time
             * @description When the person was first seen.
             * @example 2026-01-31T12:00:00.000Z
             */
            firstSeenAt: string;
            /**
             * Format: date-time
             * @description When the person was last seen, to the minute.
             * @example 2026-01-31T12:00:00.000Z
             */
            lastSeenAt: string;
        };
        CreateSenderChallengeRequest: components["schemas"]["RegistrationChallengeRequest"] | components["schemas"]["ClaimChallengeRequest"];
        RegistrationChallengeRequest: {
            /**
             * @description What the signature is for. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            purpose: "register";
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain?: string;
        };
        ClaimChallengeRequest: {
            /**
             * @description What the signature is for. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            purpose: "claim";
            /**
             * @description The address on the chain.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The hash of the transaction.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
        };
        GetDepositAddressesReply: {
            /**
             * @description The address; null while it is not created.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string | null;
            /**
             * @description The chain of `address`: the first Starknet chain, else the first chain; null where no chain is configured.
             * @example eip155:8453
             */
            chain: string | null;
            /** @description The addresses of the org. */
            wallets: {
                /**
                 * @description The chain, as a CAIP-2 id.
                 * @example eip155:8453
                 */
                chain: string;
                /** @description Whether the address exists. */
                created: boolean;
                /**
                 * @description The address; null while it is not created.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                address: string | null;
                /** @description When it was created; null while it is not. */
                createdAt: string | null;
                /** @description Whether the address has a contract: never on EVM; on Starknet after its account first sent. Null if unknown. */
                deployed: boolean | null;
                /** @description The balance of each token. */
                balances: {
                    /**
                     * @description The symbol of the token.
                     * @example USDC
                     */
                    symbol: string;
                    /**
                     * @description The address of the token contract.
                     * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                     */
                    token: string;
                    /** @description The balance on the chain now, in USD; null when no node of the chain answers. */
                    balanceUsd: string | null;
                }[];
            }[];
        };
        CreateDepositAddressesRequest: {
            /**
             * @description The chain, as a CAIP-2 id. Left out: one address for each family of the configured chains.
             * @example eip155:8453
             */
            chain?: string;
        };
        CreateDepositAddressesReply: {
            /**
             * @description The address.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            address: string;
            /**
             * @description The chain of `address`: the named one, else the first Starknet chain, else the first chain.
             * @example eip155:8453
             */
            chain: string;
            /** @description The addresses of the org. */
            wallets: {
                /**
                 * @description The family of chains.
                 * @enum {string}
                 */
                family: "eip155" | "starknet";
                /**
                 * @description The address.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                address: string;
                /** @description The chains on which it can receive: every configured chain of the family. */
                chains: string[];
                /**
                 * Format: date-time
                 * @description When it was created.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                createdAt: string;
            }[];
        };
        ListWebhookEndpointsReply: {
            /** @description The webhook endpoints. */
            endpoints: components["schemas"]["WebhookEndpoint"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        WebhookEndpoint: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description Where events are sent.
             * @example https://shop.example/hooks
             */
            url: string;
            /**
             * @description What it is for, in words; null without any.
             * @example Chat of the support desk
             */
            description: string | null;
            /** @description Only these types of events; null: all, for an endpoint all except entry.created. */
            types: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
            /** @description Whether events are sent. */
            enabled: boolean;
            /** @description When it was disabled; null while it is enabled. */
            disabledAt: string | null;
            /** @description Why it was disabled; null while it is enabled. */
            disabledReason: ("failing" | "gone" | "by_hand") | null;
            /** @description Since when every delivery has failed; null while deliveries succeed. */
            failingSince: string | null;
            /** @description Until when the previous secret signs too; null when it does not. */
            previousSecretExpiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-01-31T12:00:00.000Z
             */
            updatedAt: string;
        };
        CreateWebhookEndpointRequest: {
            /**
             * @description Where events are sent.
             * @example https://shop.example/hooks
             */
            url: string;
            /** @description The types of events that are sent. Left out: all except `entry.created`. */
            types?: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[];
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description?: string;
            /** @description A cursor: events after it are sent too. Left out: only new events. */
            after?: string;
        };
        WebhookEndpointWithSecret: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description Where events are sent.
             * @example https://shop.example/hooks
             */
            url: string;
            /**
             * @description What it is for, in words; null without any.
             * @example Chat of the support desk
             */
            description: string | null;
            /** @description Only these types of events; null: all, for an endpoint all except entry.created. */
            types: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
            /** @description Whether events are sent. */
            enabled: boolean;
            /** @description When it was disabled; null while it is enabled. */
            disabledAt: string | null;
            /** @description Why it was disabled; null while it is enabled. */
            disabledReason: ("failing" | "gone" | "by_hand") | null;
            /** @description Since when every delivery has failed; null while deliveries succeed. */
            failingSince: string | null;
            /** @description Until when the previous secret signs too; null when it does not. */
            previousSecretExpiresAt: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-01-31T12:00:00.000Z
             */
            updatedAt: string;
            /**
             * @description The secret that signs the deliveries; shown here and never again.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
        };
        UpdateWebhookEndpointRequest: {
            /**
             * @description Where events are sent.
             * @example https://shop.example/hooks
             */
            url?: string;
            /** @description The types of events that are sent; null: all except `entry.created`. */
            types?: ("entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test")[] | null;
            /**
             * @description What it is for, in words; null without any.
             * @example Chat of the support desk
             */
            description?: string | null;
            /** @description Whether events are sent. */
            enabled?: boolean;
        };
        SendTestEventRequest: Record<string, never>;
        SendTestEventAccepted: {
            /**
             * @description The id of the event.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            eventId: string;
        };
        RotateWebhookSecretRequest: {
            /**
             * @description How long the old one stays valid beside the new one, in seconds.
             * @default 86400
             */
            overlapSeconds: number;
        };
        ListWebhookDeliveriesReply: {
            /** @description The deliveries, newest first. */
            deliveries: components["schemas"]["WebhookDelivery"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        WebhookDelivery: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description The id of the event.
             * @example evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            eventId: string;
            /**
             * @description Which event it is.
             * @enum {string}
             */
            type: "entry.created" | "deposit.observed" | "deposit.credited" | "deposit.unmatched" | "deposit.set_aside" | "deposit.orphaned" | "deposit.reversed" | "balance.status_changed" | "hold.expired" | "credits.expiring" | "sender.registered" | "sender.unbound" | "order.created" | "order.paid" | "order.credited" | "order.parked" | "order.failed" | "order.expired" | "order.cancelled" | "order.refunded" | "dispute.opened" | "dispute.funds_withdrawn" | "dispute.funds_reinstated" | "dispute.closed" | "payment.action_required" | "auto_refill.succeeded" | "auto_refill.failed" | "auto_refill.stopped" | "subscription.activated" | "subscription.renewed" | "subscription.past_due" | "subscription.cancelled" | "subscription.ended" | "budget.warned" | "budget.exhausted" | "budget.renewed" | "rail.frozen" | "rail.released" | "webhook.disabled" | "webhook.test";
            /**
             * @description The position of the event in the log.
             * @example 0000000000000042
             */
            eventCursor: string;
            /**
             * @description The state of the delivery.
             * @enum {string}
             */
            state: "pending" | "delivered" | "failed";
            /** @description The delivery that this one repeats; null where it repeats none. */
            redeliveryOf: string | null;
            /** @description When it is tried again; null where it is not. */
            nextAttemptAt: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /** @description When it ended; null while it is open. */
            finishedAt: string | null;
            /** @description The attempts, oldest first. */
            attempts: {
                /**
                 * Format: date-time
                 * @description When it was tried.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /** @description How long it took, in milliseconds. */
                durationMs: number;
                /** @description The status of the answer; null where none came. */
                statusCode: number | null;
                /**
                 * @description What went wrong; null when nothing did.
                 * @example the connection was refused
                 */
                error: string | null;
                /**
                 * @description The first bytes of the answer's body; null where none came.
                 * @example ok
                 */
                responseStart: string | null;
            }[];
        };
        RedeliverEventRequest: Record<string, never>;
        OrgBilling: {
            /**
             * Format: uuid
             * @description The id of the org.
             */
            org_id: string;
            /** @description The mode of the key, live or test; null while there is none. */
            mode: ("live" | "test") | null;
            /** @description Whether a key of a Stripe account is kept. */
            has_stripe_key: boolean;
            /**
             * @description The last four characters of the key; null while there is none.
             * @example 4242
             */
            stripe_key_last4: string | null;
            /** @description Whether a webhook secret is kept. */
            has_webhook_secret: boolean;
            /**
             * @description The last four characters of the webhook secret; null while there is none.
             * @example f3Qa
             */
            webhook_secret_last4: string | null;
            /**
             * Format: uri
             * @description Where the account is to send its webhooks.
             */
            webhook_url: string;
            /** @description What calls to the account were refused for: `key`, or permissions that a restricted key lacks. */
            missing_permissions: string[];
            /** @description What every new org of the deployment is given, in micro-dollars. */
            free_tier_amount: number;
            /** @description Whether a payment method of the org is kept. */
            has_payment_method: boolean;
            /** @description Whether auto-refill is on. Turning it on is the consent to be charged without being asked. */
            auto_refill_enabled: boolean;
            /**
             * @description What auto-refill does at present.
             * @enum {string}
             */
            auto_refill_state: "off" | "on" | "waiting_for_payment_method" | "stopped";
            /** @description Auto-refill buys when less than this can be spent, in micro-dollars. */
            auto_refill_threshold: number | null;
            /** @description The product that auto-refill buys. */
            auto_refill_product_id: string | null;
            /** @description Auto-refill buys as much as brings the balance up to this, in place of a product. */
            auto_refill_target_micros: number | null;
            /** @description What all purchases of a UTC day cost at most, in cents. */
            auto_refill_max_day_cents: number;
            /** @description What all purchases of a UTC month cost at most, in cents. */
            auto_refill_max_month_cents: number;
            /** @description How many purchases a UTC day has at most. */
            auto_refill_max_day_count: number;
            /** @description When and why the service turned it off; null when it did not. */
            auto_refill_stopped: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description Why.
                 * @enum {string}
                 */
                reason: "repeated_failures" | "do_not_try_again" | "authentication_required" | "payment_method_unusable" | "product_inactive" | "wrong_mode" | "dispute" | "early_warning" | "refunded" | "parked" | "other_account" | "org_closed";
            } | null;
            /** @description Who agreed to which terms, and when; null while it was never turned on. */
            auto_refill_consent: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description Who agreed.
                 * @example user:ada
                 */
                by: string;
                /**
                 * @description Which version of the text of consent the person saw; null where they named none.
                 * @example 2026-11
                 */
                text_version: string | null;
                /** @description Auto-refill buys when less than this can be spent, in micro-dollars. */
                auto_refill_threshold: number | null;
                /** @description The product that auto-refill buys. */
                auto_refill_product_id: string | null;
                /** @description Auto-refill buys as much as brings the balance up to this, in place of a product. */
                auto_refill_target_micros: number | null;
                /** @description What all purchases of a UTC day cost at most, in cents. */
                auto_refill_max_day_cents: number;
                /** @description What all purchases of a UTC month cost at most, in cents. */
                auto_refill_max_month_cents: number;
                /** @description How many purchases a UTC day has at most. */
                auto_refill_max_day_count: number;
            } | null;
        };
        UpdateOrgBillingRequest: {
            /** @description The key of a Stripe account; null removes it. Never shown again. */
            stripe_secret_key?: string | null;
            /** @description The secret that signs the webhooks of the account; null removes it. Never shown again. */
            stripe_webhook_secret?: string | null;
            /** @description What every new org of the deployment is given, in micro-dollars. */
            free_tier_amount?: number;
            /** @description Whether auto-refill is on. Turning it on is the consent to be charged without being asked. */
            auto_refill_enabled?: boolean;
            /** @description Auto-refill buys when less than this can be spent, in micro-dollars. */
            auto_refill_threshold?: number;
            /**
             * Format: uuid
             * @description The product that auto-refill buys.
             */
            auto_refill_product_id?: string;
            /** @description Auto-refill buys as much as brings the balance up to this, in place of a product. */
            auto_refill_target_micros?: number;
            /** @description What all purchases of a UTC day cost at most, in cents. */
            auto_refill_max_day_cents?: number;
            /** @description What all purchases of a UTC month cost at most, in cents. */
            auto_refill_max_month_cents?: number;
            /** @description How many purchases a UTC day has at most. */
            auto_refill_max_day_count?: number;
            /**
             * @description Which version of the text of consent the person saw.
             * @example 2026-11
             */
            auto_refill_consent_text_version?: string;
        };
        ListProductsReply: {
            /** @description The products, newest first. */
            products: components["schemas"]["Product"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            next_cursor: string | null;
        };
        Product: {
            /**
             * Format: uuid
             * @description The id of the product.
             */
            product_id: string;
            /**
             * @description The name that buyers read.
             * @example Credits for 10 dollars
             */
            name: string;
            /**
             * @description How the product is billed.
             * @enum {string}
             */
            billing_model: "one_time";
            /** @description The price in cents. */
            price_cents: number;
            /** @description What a purchase credits, in micro-dollars. */
            amount_micros: number;
            /**
             * @description The currency; always usd.
             * @constant
             */
            currency: "usd";
            /** @description Whether it is for sale. */
            active: boolean;
            /**
             * @description The mode that it is sold in, live or test.
             * @enum {string}
             */
            mode: "live" | "test";
            /**
             * @description The id of the product at Stripe; null while it has none.
             * @example prod_1
             */
            stripe_product_id: string | null;
            /**
             * @description The id of the price at Stripe; null while it has none.
             * @example price_1
             */
            stripe_price_id: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
        };
        CreateProductRequest: {
            /**
             * @description The name that buyers read.
             * @example Credits for 10 dollars
             */
            name: string;
            /**
             * @description How the product is billed.
             * @default one_time
             * @enum {string}
             */
            billing_model: "one_time";
            /** @description The price in cents. */
            price_cents: number;
            /** @description What a purchase credits, in micro-dollars; what is above the price is given. */
            amount_micros: number;
            /**
             * @description The currency; always usd.
             * @constant
             */
            currency?: "usd";
        };
        /**
         * @example {
         *       "active": false
         *     }
         */
        UpdateProductRequest: {
            /**
             * @description The name that buyers read.
             * @example Credits for 10 dollars
             */
            name?: string;
            /** @description Whether it is for sale. */
            active?: boolean;
        };
        CreateProductCheckoutRequest: {
            /**
             * Format: uuid
             * @description The id of the product.
             */
            product_id: string;
            /**
             * @description Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.
             * @example https://shop.example/paid
             */
            success_url: string;
            /**
             * @description Where the payer goes without paying.
             * @example https://shop.example/cart
             */
            cancel_url: string;
            /** @description Keeps the payer's method for later purchases of the org. */
            save_payment_method?: boolean;
            /** @description The caller's own pairs of text, kept with the order. */
            metadata?: {
                [key: string]: string;
            };
        };
        CreateProductCheckoutReply: {
            /**
             * @description Where the payer pays; null once the checkout is closed.
             * @example https://checkout.example/c/cs_1
             */
            checkout_url: string | null;
            /**
             * @description The id of the checkout.
             * @example cs_test_a1
             */
            session_id: string;
            /**
             * Format: uuid
             * @description The id of the order.
             */
            order_id: string;
        };
        VerifyProductCheckoutRequest: Record<string, never>;
        VerifyProductCheckoutReply: {
            /**
             * @description The id of the checkout.
             * @example cs_test_a1
             */
            session_id: string;
            /**
             * Format: uuid
             * @description The id of the order.
             */
            order_id: string;
            /**
             * @description The state of the order.
             * @enum {string}
             */
            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
            /** @description Whether what was bought is in the wallet. */
            credited: boolean;
            /** @description What can be spent, in micro-dollars. */
            wallet_balance: number;
            /**
             * @description The same as text, in dollars.
             * @example $10.00
             */
            wallet_balance_usd: string;
        };
        GetCreditsBalanceReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /** @description Whole credits that can be spent, rounded down; below zero in debt. */
                balance: number;
                /** @description What of it is for some things only, each rounded down; left out where nothing is. */
                restricted?: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                    /** @description Whole credits that can be spent, rounded down; below zero in debt. */
                    balance: number;
                }[];
                /** @description What ends next, on one day (UTC), and when the first of it does; left out where nothing ends. */
                next_expiry?: {
                    /** @description Whole credits. */
                    amount: number;
                    /**
                     * Format: date-time
                     * @description When it expires.
                     * @example 2026-01-31T12:00:00.000Z
                     */
                    expires_at: string;
                };
            };
        };
        ListCreditsTransactionsReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["CreditsTransaction"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            next_cursor: string | null;
        };
        CreditsTransaction: {
            /**
             * @description The id of the transaction.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            id: string;
            /**
             * @description What kind of transaction it is.
             * @enum {string}
             */
            type: "ai_usage" | "usage" | "topup" | "subscription" | "checkin" | "coupon" | "manual" | "refund" | "hold" | "release" | "expiry";
            /** @description What it did to the balance, in whole credits; signed. */
            amount: number;
            /**
             * @description What it is for, in words; null without one.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
        };
        RedeemCouponRequest: {
            /**
             * @description The code that users type; their case is ignored.
             * @example WELCOME-2026
             */
            code: string;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        RedeemCouponReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /**
                 * @description Present in the answer to a dry run: nothing was written.
                 * @constant
                 */
                dryRun?: true;
                /** @description The amount in whole credits. */
                credits: number;
                /** @description What can be spent, in whole credits. */
                balance: number;
            };
        };
        CheckInRequest: {
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        CheckInReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /**
                 * @description Present in the answer to a dry run: nothing was written.
                 * @constant
                 */
                dryRun?: true;
                /** @description The amount in whole credits. */
                credits: number;
                /** @description What can be spent, in whole credits. */
                balance: number;
                /** @description How many days in a row it is. */
                streak: number;
            };
        };
        CreatePaymentSessionRequest: {
            /**
             * @description The payment provider.
             * @enum {string}
             */
            channel: "stripe" | "creem";
            /**
             * @description What is bought.
             * @enum {string}
             */
            type: "topup" | "subscription";
            /**
             * @description The plan of a subscription, or of a top-up in place of credits.
             * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            plan_id?: string;
            /**
             * @description How long a period of the subscription is.
             * @default month
             * @enum {string}
             */
            interval: "month" | "year";
            /** @description The amount in whole credits. */
            credits?: number;
            /**
             * @description Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.
             * @example https://shop.example/paid
             */
            success_url: string;
            /**
             * @description Where the payer goes without paying; required at Stripe, and of no use at Creem.
             * @example https://shop.example/cart
             */
            cancel_url?: string;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        CreatePaymentSessionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /**
                 * @description Where the payer pays; null once the checkout is closed.
                 * @example https://checkout.example/c/cs_1
                 */
                url: string | null;
                /**
                 * @description The id of the checkout.
                 * @example cs_test_a1
                 */
                session_id: string;
                /**
                 * Format: uuid
                 * @description The id of the order.
                 */
                order_id: string;
            };
        };
        ListOfferedPlansReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["OfferedPlan"][];
        };
        OfferedPlan: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Pro
             */
            name: string;
            /**
             * @description What the plan is, in words.
             * @example For teams
             */
            description: string;
            /** @description The price of a month in dollars; of a one-time plan, what it costs once. Null: not sold so. */
            price_monthly: number | null;
            /** @description The price of a year in dollars; null: not sold so. */
            price_yearly: number | null;
            /** @description The credits of a month; a yearly period brings twelve times as much. */
            credits_included: number;
            /** @description What the plan offers, line by line. */
            features: string[];
            /**
             * @description Whether it renews or is sold once.
             * @enum {string}
             */
            kind: "subscription" | "one_time";
        };
        GetSubscriptionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Subscription"] | null;
        };
        Subscription: {
            /**
             * @description The id.
             * @example sub_1
             */
            id: string;
            /**
             * @description The payment provider.
             * @enum {string}
             */
            channel: "stripe" | "creem";
            /**
             * @description The state of the subscription.
             * @enum {string}
             */
            state: "incomplete" | "trialing" | "active" | "past_due" | "unpaid" | "paused" | "cancelled_at_period_end" | "ended";
            /**
             * @description The id of the plan; null where it is about none.
             * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            plan_id: string | null;
            /** @description How long a period is; null where there is none. */
            interval: ("month" | "year") | null;
            /** @description When the present period began; null where there is none. */
            period_start: string | null;
            /** @description When the present period ends; null where there is none. */
            period_end: string | null;
            /** @description What comes with the next period; null where none comes. */
            next: {
                /**
                 * @description The id of the plan; null where it is about none.
                 * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
                 */
                plan_id: string | null;
                /** @description How long a period is; null where there is none. */
                interval: ("month" | "year") | null;
            } | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
        };
        ChangeSubscriptionRequest: {
            /**
             * Format: uuid
             * @description The id of the plan.
             */
            plan_id: string;
            /**
             * @description How long a period is.
             * @enum {string}
             */
            interval?: "month" | "year";
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        ChangeSubscriptionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Subscription"] | null;
        };
        CancelSubscriptionRequest: {
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        CancelSubscriptionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Subscription"] | null;
        };
        ResumeSubscriptionRequest: {
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        ResumeSubscriptionReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Subscription"] | null;
        };
        OpenSubscriptionPortalRequest: {
            /**
             * @description Where the customer goes afterwards.
             * @example https://shop.example/account
             */
            return_url: string;
        };
        OpenSubscriptionPortalReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: {
                /**
                 * @description The provider's page.
                 * @example https://billing.example/p/session
                 */
                url: string;
            };
        };
        ListOrgsReply: {
            /** @description The orgs, newest first. */
            orgs: components["schemas"]["Org"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Org: {
            /**
             * Format: uuid
             * @description The id of the org.
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Acme
             */
            name: string;
            /**
             * @description The id in the operator's own system; null without one.
             * @example acme-1
             */
            externalId: string | null;
            /** @description The operator's own notes, as pairs of text; they replace all that there were. */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The id of the wallet.
             */
            walletId: string;
            /** @description When it was suspended; null while it is not. */
            suspendedAt: string | null;
            /**
             * @description Why it was suspended; null without a reason.
             * @example under investigation
             */
            suspendedReason: string | null;
            /** @description When it was closed; null while it is not. */
            closedAt: string | null;
            /**
             * @description Why it was closed; null while it is not.
             * @example the contract ended
             */
            closedReason: string | null;
            /**
             * @description How much may be credited provisionally at a time, under a chain's early policy, in USD; 0 means nothing.
             * @example 10.50
             */
            provisionalLimitUsd: string;
            /** @description What the org may do with a payment account of its own. */
            orgBilling: {
                /** @description Whether the org may set its own payment account up, and sell more credit than it is paid for. */
                trusted: boolean;
            };
            /** @description Whether it is the operator's own, such as the canary's: reports leave it out. */
            internal: boolean;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        OrgDetail: {
            /**
             * Format: uuid
             * @description The id of the org.
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Acme
             */
            name: string;
            /**
             * @description The id in the operator's own system; null without one.
             * @example acme-1
             */
            externalId: string | null;
            /** @description The operator's own notes, as pairs of text; they replace all that there were. */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: uuid
             * @description The id of the wallet.
             */
            walletId: string;
            /** @description When it was suspended; null while it is not. */
            suspendedAt: string | null;
            /**
             * @description Why it was suspended; null without a reason.
             * @example under investigation
             */
            suspendedReason: string | null;
            /** @description When it was closed; null while it is not. */
            closedAt: string | null;
            /**
             * @description Why it was closed; null while it is not.
             * @example the contract ended
             */
            closedReason: string | null;
            /**
             * @description How much may be credited provisionally at a time, under a chain's early policy, in USD; 0 means nothing.
             * @example 10.50
             */
            provisionalLimitUsd: string;
            /** @description What the org may do with a payment account of its own. */
            orgBilling: {
                /** @description Whether the org may set its own payment account up, and sell more credit than it is paid for. */
                trusted: boolean;
            };
            /** @description Whether it is the operator's own, such as the canary's: reports leave it out. */
            internal: boolean;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent, in USD; negative in debt.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The latest suspensions by hand and their ends, newest first. */
            suspensions: {
                /** @description True where a suspension began, false where it ended. */
                begins: boolean;
                /**
                 * @description Why, in words; null without a reason.
                 * @example agreed with the customer
                 */
                reason: string | null;
                /**
                 * @description Who did it: `key:<id>`, `user:<id>` or `cli:<name>`.
                 * @example key:0aB3dE7z
                 */
                actor: string;
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
            }[];
        };
        UpdateOrgRequest: {
            /**
             * @description The name that people read.
             * @example Acme
             */
            name?: string;
            /** @description The id in the operator's own system; null without one. */
            externalId?: string | null;
            /** @description The operator's own notes, as pairs of text; they replace all that there were. */
            metadata?: {
                [key: string]: string;
            };
            /** @description true suspends the org by hand, false lifts the suspension. */
            suspended?: boolean;
            /**
             * @description Why, in words.
             * @example agreed with the customer
             */
            reason?: string;
            /**
             * @description How much may be credited provisionally at a time, under a chain's early policy, in USD; 0 means nothing.
             * @example 5.00
             */
            provisionalLimitUsd?: string;
            /** @description What the org may do with a payment account of its own. */
            orgBilling?: {
                /** @description Whether the org may set its own payment account up, and sell more credit than it is paid for. */
                trusted: boolean;
            };
        };
        SearchAllReply: {
            /** @description What was found, by kind, in the order of the kinds; at most `limit` of each. */
            results: components["schemas"]["SearchResult"][];
            /** @description The kinds of which there is more than `limit`. */
            more: ("org" | "user" | "member" | "deposit" | "order" | "dispute" | "payment" | "entry" | "hold" | "sender" | "deposit_address" | "webhook" | "approval")[];
        };
        SearchResult: {
            /**
             * @description What was found.
             * @enum {string}
             */
            kind: "org" | "user" | "member" | "deposit" | "order" | "dispute" | "payment" | "entry" | "hold" | "sender" | "deposit_address" | "webhook" | "approval";
            /**
             * @description The id by which other calls know it; of a user or member, their id in the sign-in; of a deposit address, the address; of a payment, the id at the provider.
             * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            id: string;
            /**
             * @description What it is, for people.
             * @example Acme
             */
            title: string;
            /** @description The org that it is of; null where it is of none. */
            orgId: string | null;
            /**
             * @description The name of that org; null where it is of none.
             * @example Acme
             */
            orgName: string | null;
            /** @description When it was made; null where that is not kept. */
            at: string | null;
        };
        ListJobsReply: {
            /**
             * Format: date-time
             * @description As of when.
             * @example 2026-01-31T12:00:00.000Z
             */
            asOf: string;
            /** @description The jobs. */
            jobs: components["schemas"]["Job"][];
        };
        Job: {
            /**
             * @description Which job it is.
             * @enum {string}
             */
            job: "chain" | "expiry" | "expiry_notices" | "books" | "sums" | "approvals" | "chain_orders" | "free_tiers" | "grants" | "budgets" | "payments" | "payment_sweep" | "auto_refill" | "rails" | "disputes" | "refusals" | "events" | "feed" | "loss_watch" | "job_notes";
            /**
             * @description The chain that the job is about; null for all other jobs.
             * @example eip155:8453
             */
            about: string | null;
            /**
             * @description The role of the process that runs it.
             * @enum {string}
             */
            role: "api" | "events" | "detector";
            /**
             * @description The process.
             * @example api-1
             */
            process: string;
            /**
             * @description `standby`: another process does the work. `silent`: the process has not been heard of for a minute.
             * @enum {string}
             */
            state: "ok" | "standby" | "failing" | "silent";
            /** @description When the last round began; null before the first. */
            startedAt: string | null;
            /** @description When the last round ended; null before the first. */
            endedAt: string | null;
            /** @description How long the last round took that ended, in milliseconds; null before the first. */
            durationMs: number | null;
            /** @description When the next round begins; null while one is under way, and where a job waits for news. */
            nextAt: string | null;
            /** @description When the last round failed that did; kept after rounds that succeed. */
            failedAt: string | null;
            /**
             * @description Why that round failed; null when none did.
             * @example the node does not answer
             */
            problem: string | null;
            /** @description How many rounds have failed in a row, up to now. */
            failures: number;
            /**
             * Format: date-time
             * @description When the process was last heard of.
             * @example 2026-01-31T12:00:00.000Z
             */
            notedAt: string;
            /** @description How much waits for the job, in all processes together; counted up to 1000. */
            waiting: number | null;
        };
        CreateEntryRequest: {
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The amount in USD: above zero, with the direction given by the type; only types that go both ways take a minus.
             * @example -3.20
             */
            amountUsd: string;
            /**
             * @description Why, in words.
             * @example agreed with the customer
             */
            reason: string;
            serviceType?: components["schemas"]["ServiceType"];
            /**
             * Format: date-time
             * @description When the credit expires; left out: never.
             */
            expiresAt?: string;
            /** @description What alone the credit may pay for; grants only. */
            restrictedTo?: {
                /** @description The services it may pay for; left out: every service. */
                services?: components["schemas"]["ServiceType"][];
                /** @description The actions it may pay for; left out: every action. */
                actions?: string[];
            };
            /**
             * @description An entry of the charge that is given back; refunds only.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            refundOf?: string;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference?: string;
            /** @description The pairs of text that the caller notes. */
            metadata?: {
                [key: string]: string;
            };
        };
        CreateEntryReply: components["schemas"]["Booking"] | components["schemas"]["BookingPreview"];
        Booking: {
            /**
             * @description The first of the entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description What the wallet gained, in USD; signed.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description Why, in words; null without a reason.
             * @example agreed with the customer
             */
            reason: string | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /** @description The pairs of text that the caller noted; null where there are none. */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command wrote, in their order. */
            entries: components["schemas"]["Entry"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        /** @description What a spend left of the budgets that it counts in. */
        BudgetsLeft: {
            /**
             * Format: uuid
             * @description The id of the budget.
             */
            budgetId: string;
            /**
             * @description What is left of it, in USD.
             * @example 10.50
             */
            leftUsd: string;
            /** @description When the budget begins anew; null where it never does. */
            renewsAt: string | null;
        }[];
        BookingPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * @description The first of the entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId?: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description What the wallet gained, in USD; signed.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description Why, in words; null without a reason.
             * @example agreed with the customer
             */
            reason: string | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /** @description The pairs of text that the caller noted; null where there are none. */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * @description What can be spent after it, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep after it, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description The entries that the command would write, in their order. */
            entries: components["schemas"]["EntryPreview"][];
            /** @description What a spend left of the budgets that it counts in; left out where it counts in none. */
            budgets?: components["schemas"]["BudgetsLeft"];
            /**
             * @description The idempotency key of the command: that of the request, or the one that was made for it.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        EntryPreview: {
            /**
             * @description The id of the entry.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            id?: string;
            /**
             * @description The same on all entries that one command wrote.
             * @example cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            commandId?: string;
            /** @description What kind of entry it is. */
            type: components["schemas"]["EntryType"];
            /**
             * @description The service that is charged; null where none is.
             * @example AI_API
             */
            serviceType: string | null;
            /**
             * @description The amount in USD; negative where it leaves the wallet.
             * @example 10.50
             */
            amountUsd: string;
            /**
             * @description What it did to the available balance, in USD; signed.
             * @example 10.50
             */
            availableDeltaUsd: string;
            /**
             * @description What it did to the held balance, in USD; signed.
             * @example 10.50
             */
            heldDeltaUsd: string;
            /**
             * @description What could be spent after it, in USD.
             * @example 10.50
             */
            availableAfterUsd: string;
            /**
             * @description What open holds kept after it, in USD.
             * @example 10.50
             */
            heldAfterUsd: string;
            /** @description What it did to the number of free gift cards; signed. */
            giftCardsDelta: number;
            /** @description How many free gift cards could be used after it. */
            giftCardsAvailableAfter: number;
            /** @description How many free gift cards were held after it. */
            giftCardsHeldAfter: number;
            /**
             * @description The idempotency key of the command; null on entries of before it was kept.
             * @example order-8812-charge
             */
            idempotencyKey: string | null;
            /**
             * @description The lot that the entry opened, drew on or filled; null where there is none.
             * @example lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12
             */
            lotId?: string | null;
            /** @description What the lot had left after it, in USD; null where there is none. */
            lotLeftUsd: string | null;
            /** @description What alone the lot that the entry opened may pay for; null: everything. */
            restrictedTo: {
                /** @description The services it may pay for; null: every service. */
                services: string[] | null;
                /** @description The actions it may pay for; null: every action. */
                actions: string[] | null;
            } | null;
            /**
             * @description The first entry of the charge that the entry gives back; null for other entries.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            refundOf: string | null;
            /**
             * @description The hold that the entry is about; null for other entries.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40
             */
            holdId?: string | null;
            /**
             * @description The hold that the money of that hold came from; null where it came from the balance.
             * @example hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38
             */
            parentHoldId: string | null;
            /** @description The id of the deposit; null where it is about none. */
            depositId: string | null;
            /** @description The id of the order; null where there is none. */
            orderId: string | null;
            /**
             * @description The hash of the transaction that the deposit came in; null for other entries.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string | null;
            /**
             * @description The chain, as a CAIP-2 id; null where it is about none.
             * @example eip155:8453
             */
            chain: string | null;
            /**
             * @description The action of the price book; null where an amount was named.
             * @example chat
             */
            action: string | null;
            /**
             * @description How many units; null where an amount was named.
             * @example 1500
             */
            quantity: string | null;
            /** @description The row of the price book, its rate for a unit, and how their product was rounded. */
            price: {
                /**
                 * Format: uuid
                 * @description The id of the row of the price book.
                 */
                priceId: string;
                /**
                 * @description USD for a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
                /**
                 * @description How the product was rounded.
                 * @constant
                 */
                rounding: "up";
            } | null;
            /**
             * @description The caller's own reference.
             * @example chat-8812
             */
            reference: string | null;
            /**
             * @description What it is for, in words.
             * @example Chat of the support desk
             */
            description: string | null;
            /**
             * @description The caller's app that spends.
             * @example desk
             */
            appId: string | null;
            /**
             * @description The user.
             * @example user-17
             */
            userId: string | null;
            /**
             * @description The team that spends.
             * @example support
             */
            teamId: string | null;
            /**
             * @description The pairs of text that the caller noted; null where there are none.
             * @example {
             *       "project": "atlas"
             *     }
             */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        CreateEntryAccepted: components["schemas"]["Approval"] | components["schemas"]["ApprovalPreview"];
        ApprovalPreview: {
            /**
             * @description Nothing was written.
             * @constant
             */
            dryRun: true;
            /**
             * Format: uuid
             * @description The id of the request.
             */
            id?: string;
            /** @description The org that it is about; null where it is about a user, or about the whole deployment. */
            org: string | null;
            /**
             * @description The user whose wallet it is about; null where it is about none.
             * @example user-17
             */
            user: string | null;
            /** @description Whether it is open, or what became of it. */
            state: components["schemas"]["ApprovalState"];
            /**
             * @description What is done once it is approved, in words.
             * @example Grant of 150.00 USD
             */
            what: string;
            /** @description The booking that is requested; null for a change. */
            booking: {
                /** @description What kind of entry it would be. */
                type: components["schemas"]["EntryType"];
                /**
                 * @description What the wallet gains by it, in USD; signed.
                 * @example 10.50
                 */
                amountUsd: string;
                /**
                 * @description Why it is requested.
                 * @example agreed with the customer
                 */
                reason: string;
                /**
                 * @description The service that is charged; null where none is.
                 * @example AI_API
                 */
                serviceType: string | null;
                /** @description When the credit expires; null where it does not. */
                expiresAt: string | null;
                /** @description What alone the credit may pay for; null: everything. */
                restrictedTo: {
                    /** @description The services it may pay for; null: every service. */
                    services: string[] | null;
                    /** @description The actions it may pay for; null: every action. */
                    actions: string[] | null;
                } | null;
                /**
                 * @description The first entry of the charge that is given back; null for other bookings.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                refundOf: string | null;
                /**
                 * @description The caller's own reference.
                 * @example chat-8812
                 */
                reference: string | null;
                /** @description The pairs of text that the caller noted. */
                metadata: {
                    [key: string]: string;
                } | null;
            } | null;
            /** @description The change that is requested, such as a price; null for a booking. */
            change: {
                /**
                 * @description What is to be changed.
                 * @example price
                 */
                kind: string;
                /** @description How much credit counts against the limit, in USD; null: nothing bounds it. */
                countsUsd: string | null;
            } | null;
            /**
             * @description Who requested it.
             * @example key:0aB3dE7z
             */
            requestedBy: string;
            /**
             * Format: date-time
             * @description When it was requested.
             * @example 2026-01-31T12:00:00.000Z
             */
            requestedAt: string;
            /**
             * Format: date-time
             * @description The time until which it may be decided; of a booking, when the credit expires, null where it does not.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /**
             * @description Who decided; null while nobody has.
             * @example user:ada
             */
            decidedBy: string | null;
            /** @description When it was decided; null while it is open. */
            decidedAt: string | null;
            /**
             * @description Why it was decided so; null without a reason.
             * @example checked
             */
            decisionReason: string | null;
            /**
             * @description The first of the entries of a booking; null until they are written.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId?: string | null;
            /**
             * @description The code with which what was approved was refused at the last try; null when it was not. Approving a booking again tries again.
             * @example CREDIT_INSUFFICIENT
             */
            refusal: string | null;
            /**
             * @description Why, in words; null where only the code is known.
             * @example 10.00 USD needed, 3.00 USD available
             */
            refusalDetail: string | null;
            /**
             * @description The idempotency key of the command.
             * @example order-8812-charge
             */
            idempotencyKey: string;
        };
        TracedDeposit: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description The present state.
             * @enum {string}
             */
            state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
            /**
             * @description Why, in words or as a code such as `unknown_sender`; null when the state says enough.
             * @example unknown_sender
             */
            reason: string | null;
            /** @description The amount in USD; null when the token is not one that is credited, since its units are not dollars. */
            amountUsd: string | null;
            /**
             * @description The amount in base units of the token.
             * @example 10000000
             */
            amountUnits: string;
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The address of the token contract.
             * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
             */
            token: string;
            /**
             * @description The symbol of the token as configured; null for a token that is no longer configured.
             * @example USDC
             */
            symbol: string | null;
            /**
             * @description The hash of the transaction on the chain.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
            /** @description The position of the transfer among the logs of its transaction. */
            ordinal: number;
            /**
             * @description The address that sent the transfer.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            fromAddress: string;
            /**
             * @description The address that received the transfer.
             * @example 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359
             */
            toAddress: string;
            /** @description The number of the block. */
            blockNumber: number;
            /**
             * @description The hash of the block.
             * @example 0x1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f
             */
            blockHash: string;
            /**
             * Format: date-time
             * @description The time of the block.
             * @example 2026-01-31T12:00:00.000Z
             */
            blockTime: string;
            /** @description The id of the org; null while nobody owns it. */
            org: string | null;
            /** @description Whether an operator set it aside. */
            setAside: boolean;
            /** @description How it was assigned to an org; null where its sender decides. */
            assignment: {
                /**
                 * Format: uuid
                 * @description The id of the org.
                 */
                org: string;
                /**
                 * @description How it was assigned.
                 * @enum {string}
                 */
                by: "claim" | "admin";
                /**
                 * @description Who did it: `key:<id>`, `user:<id>` or `cli:<name>`.
                 * @example key:0aB3dE7z
                 */
                actor: string;
                /**
                 * @description Why, in words or as a code such as `unknown_sender`.
                 * @example unknown_sender
                 */
                reason: string;
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
            } | null;
            /**
             * @description The entry that credited it; null while it is not credited.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string | null;
            /** @description How often the chain changed its mind about the transfer. */
            revision: number;
            /**
             * Format: date-time
             * @description When it was first seen.
             * @example 2026-01-31T12:00:00.000Z
             */
            observedAt: string;
            /** @description When it was credited; null while it is not. */
            creditedAt: string | null;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-01-31T12:00:00.000Z
             */
            updatedAt: string;
            /** @description What operators did, newest first. */
            acts: {
                /**
                 * Format: uuid
                 * @description The id.
                 */
                id: string;
                /**
                 * @description What was done.
                 * @enum {string}
                 */
                action: "assign" | "ignore" | "note";
                /**
                 * @description Who did it: `key:<id>`, `user:<id>` or `cli:<name>`.
                 * @example key:0aB3dE7z
                 */
                actor: string;
                /**
                 * @description What the operator wrote.
                 * @example agreed with the customer
                 */
                words: string;
                /** @description What was there before. */
                before: {
                    [key: string]: unknown;
                };
                /** @description What was there afterwards. */
                after: {
                    [key: string]: unknown;
                };
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
            }[];
            /** @description Every block in which the transfer was read, the first one first. */
            observations: {
                /** @description The number of the block. */
                blockNumber: number;
                /**
                 * @description The hash of the block.
                 * @example 0x5fb1f3a5a9c6fd0a0d8a8e8f3f2a9c1a4d8b6c3e2f1a0b9c8d7e6f5a4b3c2d1e
                 */
                blockHash: string;
                /**
                 * @description The amount in base units of the token.
                 * @example 10500000
                 */
                amountUnits: string;
                /**
                 * Format: date-time
                 * @description When it was read.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                observedAt: string;
                /** @description When that block was found to have left the chain; null while it is part of it. */
                orphanedAt: string | null;
            }[];
            /** @description What each RPC said of the transfer when it was asked last, by its logs and by its receipt. */
            votes: {
                /**
                 * @description The host of the RPC.
                 * @example rpc.example
                 */
                rpc: string;
                /**
                 * @description What it said of the transfer.
                 * @enum {string}
                 */
                vote: "log_seen" | "log_missing" | "receipt_holds" | "receipt_lacks" | "receipt_none" | "no_answer";
                /**
                 * @description The same in words.
                 * @example the log is in the block
                 */
                detail: string;
                /**
                 * Format: date-time
                 * @description When it was asked.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
            }[];
        };
        NoteDepositRequest: {
            /**
             * @description What to note.
             * @example sign the challenge to prove that you own the address
             */
            note: string;
        };
        InboxDeposit: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description The present state.
             * @enum {string}
             */
            state: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
            /**
             * @description Why, in words or as a code such as `unknown_sender`; null when the state says enough.
             * @example unknown_sender
             */
            reason: string | null;
            /** @description The amount in USD; null when the token is not one that is credited, since its units are not dollars. */
            amountUsd: string | null;
            /**
             * @description The amount in base units of the token.
             * @example 10000000
             */
            amountUnits: string;
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description The address of the token contract.
             * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
             */
            token: string;
            /**
             * @description The symbol of the token as configured; null for a token that is no longer configured.
             * @example USDC
             */
            symbol: string | null;
            /**
             * @description The hash of the transaction on the chain.
             * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
             */
            txHash: string;
            /** @description The position of the transfer among the logs of its transaction. */
            ordinal: number;
            /**
             * @description The address that sent the transfer.
             * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
             */
            fromAddress: string;
            /**
             * @description The address that received the transfer.
             * @example 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359
             */
            toAddress: string;
            /** @description The number of the block. */
            blockNumber: number;
            /**
             * @description The hash of the block.
             * @example 0x1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f
             */
            blockHash: string;
            /**
             * Format: date-time
             * @description The time of the block.
             * @example 2026-01-31T12:00:00.000Z
             */
            blockTime: string;
            /** @description The id of the org; null while nobody owns it. */
            org: string | null;
            /** @description Whether an operator set it aside. */
            setAside: boolean;
            /** @description How it was assigned to an org; null where its sender decides. */
            assignment: {
                /**
                 * Format: uuid
                 * @description The id of the org.
                 */
                org: string;
                /**
                 * @description How it was assigned.
                 * @enum {string}
                 */
                by: "claim" | "admin";
                /**
                 * @description Who did it: `key:<id>`, `user:<id>` or `cli:<name>`.
                 * @example key:0aB3dE7z
                 */
                actor: string;
                /**
                 * @description Why, in words or as a code such as `unknown_sender`.
                 * @example unknown_sender
                 */
                reason: string;
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
            } | null;
            /**
             * @description The entry that credited it; null while it is not credited.
             * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
             */
            entryId: string | null;
            /** @description How often the chain changed its mind about the transfer. */
            revision: number;
            /**
             * Format: date-time
             * @description When it was first seen.
             * @example 2026-01-31T12:00:00.000Z
             */
            observedAt: string;
            /** @description When it was credited; null while it is not. */
            creditedAt: string | null;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-01-31T12:00:00.000Z
             */
            updatedAt: string;
            /** @description What operators did, newest first. */
            acts: {
                /**
                 * Format: uuid
                 * @description The id.
                 */
                id: string;
                /**
                 * @description What was done.
                 * @enum {string}
                 */
                action: "assign" | "ignore" | "note";
                /**
                 * @description Who did it: `key:<id>`, `user:<id>` or `cli:<name>`.
                 * @example key:0aB3dE7z
                 */
                actor: string;
                /**
                 * @description What the operator wrote.
                 * @example agreed with the customer
                 */
                words: string;
                /** @description What was there before. */
                before: {
                    [key: string]: unknown;
                };
                /** @description What was there afterwards. */
                after: {
                    [key: string]: unknown;
                };
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
            }[];
        };
        ListAllOrdersReply: {
            /** @description The orders, newest first. */
            orders: components["schemas"]["AnyOrder"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        AnyOrder: {
            /** @description The org that buys; null where a user does. */
            orgId: string | null;
            /**
             * @description The user who buys; null where an org does.
             * @example user-17
             */
            userId: string | null;
            /**
             * Format: uuid
             * @description The id of the order.
             */
            id: string;
            /**
             * @description The state of the order.
             * @enum {string}
             */
            state: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
            /**
             * @description Why; null when nothing needs saying.
             * @example amount_differs
             */
            reason: string | null;
            /**
             * @description How it is paid.
             * @enum {string}
             */
            channel: "chain" | "card" | "auto_refill";
            /**
             * @description The id of the credit pack; null where no pack was bought.
             * @example starter
             */
            packId: string | null;
            /** @description The id of the product; null where none was bought. */
            productId: string | null;
            /**
             * @description The price in USD.
             * @example 10.50
             */
            amountUsd: string;
            /** @description The price in cents. */
            priceCents: number;
            /**
             * @description The credit that it brings, in USD.
             * @example 10.50
             */
            creditUsd: string;
            /** @description How many free gift cards it brings. */
            giftCards: number;
            /** @description What was given back to the payer, in cents. */
            refundedCents: number;
            /**
             * @description The credit that was taken back, in USD.
             * @example 10.50
             */
            takenBackUsd: string;
            /** @description The dispute of the payment; null where there is none. */
            dispute: {
                /**
                 * @description The provider's word for its state.
                 * @example needs_response
                 */
                status: string;
                /** @description Until when it has to be answered; null where that is unknown. */
                dueBy: string | null;
            } | null;
            /**
             * @description The provider's page with the receipt; null where there is none.
             * @example https://pay.example/receipts/1
             */
            receiptUrl: string | null;
            /**
             * @description The number of the org's own purchase order; null without one.
             * @example PO-2026-118
             */
            poNumber: string | null;
            /** @description The pairs of text that the caller noted. */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when it can be paid.
             * @example 2026-01-31T12:00:00.000Z
             */
            expiresAt: string;
            /** @description What happened to it, in order. */
            timeline: {
                /**
                 * Format: date-time
                 * @description When it happened.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                at: string;
                /**
                 * @description What happened.
                 * @example paid
                 */
                what: string;
                /**
                 * @description Who reported it.
                 * @enum {string}
                 */
                source: "api" | "chain" | "provider" | "operator" | "clock";
            }[];
        };
        RefundOrderRequest: {
            /**
             * @description How much to give back, in whole cents, with tax; left out: all that is left.
             * @example 10.50
             */
            amountUsd?: string;
        };
        ListDisputesReply: {
            /** @description The disputes, newest first. */
            disputes: components["schemas"]["Dispute"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Dispute: {
            /**
             * @description The id of the dispute at the provider.
             * @example dp_1
             */
            id: string;
            /**
             * Format: uuid
             * @description The id of the order.
             */
            orderId: string;
            /**
             * @description The account at the payment provider.
             * @example stripe
             */
            account: string;
            /**
             * @description The provider's word for its state.
             * @example needs_response
             */
            status: string;
            /**
             * @description The bank's reason.
             * @example fraudulent
             */
            reason: string;
            /**
             * @description The currency, as an ISO 4217 code in lower case.
             * @example usd
             */
            currency: string;
            /** @description The disputed amount in cents. */
            amountCents: number;
            /** @description What the bank has withdrawn, in cents. */
            withdrawnCents: number;
            /** @description Until when it has to be answered; null where that is unknown. */
            dueBy: string | null;
            /**
             * Format: date-time
             * @description When it was opened.
             * @example 2026-01-31T12:00:00.000Z
             */
            openedAt: string;
        };
        DisputeEvidence: {
            /**
             * @description The id of the dispute at the provider.
             * @example dp_1
             */
            disputeId: string;
            /**
             * Format: uuid
             * @description The id of the order.
             */
            orderId: string;
            /**
             * @description What was sold, how it was used, and what was agreed to.
             * @example The order was paid by card.
             */
            text: string;
            /**
             * @description SHA-256 of the text, 64 hex digits.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            hash: string;
            /**
             * Format: date-time
             * @description When the text was made.
             * @example 2026-01-31T12:00:00.000Z
             */
            madeAt: string;
            /** @description When it was sent; null: it was not, and is made anew with each reading. */
            submittedAt: string | null;
        };
        SubmitDisputeEvidenceRequest: Record<string, never>;
        AcceptDisputeRequest: Record<string, never>;
        ListPaymentInboxReply: {
            /** @description What came in from payment providers. */
            inbox: components["schemas"]["PaymentInboxItem"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        PaymentInboxItem: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description The account at the payment provider.
             * @example stripe
             */
            account: string;
            /** @description The org whose account it is; null for the platform's. */
            org: string | null;
            /**
             * @description Whether it is of the live or the test mode.
             * @enum {string}
             */
            mode: "live" | "test";
            /**
             * @description What kind of object it is.
             * @enum {string}
             */
            kind: "checkout" | "payment" | "refund" | "dispute" | "early_warning" | "subscription" | "invoice";
            /**
             * @description The id of the object at the provider.
             * @example pi_1
             */
            object: string;
            /**
             * @description Whether it is settled.
             * @enum {string}
             */
            state: "pending" | "waiting" | "settled" | "parked" | "foreign";
            /**
             * @description Why it is not settled; null when nothing needs saying.
             * @example no_order
             */
            reason: string | null;
            /** @description The id of the order; null where there is none. */
            orderId: string | null;
            /** @description How often it was tried. */
            attempts: number;
            /** @description When it is tried again; null where it is not. */
            nextAttemptAt: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-01-31T12:00:00.000Z
             */
            updatedAt: string;
        };
        ReplayPaymentRequest: Record<string, never>;
        ExplainPaymentReply: {
            /** @description What came in from payment providers. */
            inbox: components["schemas"]["PaymentInboxItem"][];
            /** @description The events. */
            events: components["schemas"]["PaymentEvent"][];
        };
        PaymentEvent: {
            /**
             * @description The id.
             * @example evt_1
             */
            id: string;
            /**
             * @description The account at the payment provider.
             * @example stripe
             */
            account: string;
            /**
             * @description The provider's name of the event.
             * @example payment_intent.succeeded
             */
            type: string;
            /**
             * @description The id of the object at the provider; null where it is about none.
             * @example pi_1
             */
            object: string | null;
            /**
             * @description The version of the provider's API; null where it is unknown.
             * @example 2026-10-01
             */
            apiVersion: string | null;
            /**
             * @description How it was learnt.
             * @example webhook
             */
            source: string;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it came in.
             * @example 2026-01-31T12:00:00.000Z
             */
            receivedAt: string;
        };
        GetJournalReply: {
            /**
             * Format: date-time
             * @description The beginning; what happens at this time belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description The end; what happens at this time no longer belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            to: string;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description Whether the period may still get entries. */
            open: boolean;
            /** @description When it was read; null for a period that is closed. */
            asOf: string | null;
            /** @description The lines. */
            lines: {
                /**
                 * Format: date-time
                 * @description When it was recorded.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                date: string;
                /**
                 * @description The id of the entry.
                 * @example ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42
                 */
                entryId: string;
                /**
                 * @description The id of the org; null where it is about none.
                 * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
                 */
                orgId: string | null;
                /**
                 * @description The account on the debit side.
                 * @example liability:customers
                 */
                debitAccount: string;
                /**
                 * @description The account on the credit side.
                 * @example revenue:ai_api
                 */
                creditAccount: string;
                /**
                 * @description The amount in USD.
                 * @example 10.50
                 */
                amountUsd: string;
                /** @description What kind of entry it is. */
                type: components["schemas"]["EntryType"];
                /**
                 * @description The service that is charged; null where none is.
                 * @example AI_API
                 */
                serviceType: string | null;
                /**
                 * @description The caller's own reference; null without one.
                 * @example chat-8812
                 */
                reference: string | null;
            }[];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        GetTrialBalanceReply: {
            /**
             * Format: date-time
             * @description The moment.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
            /** @description Whether the period may still get entries. */
            open: boolean;
            /** @description When it was read; null for a period that is closed. */
            asOf: string | null;
            /** @description Every account with its sums. */
            accounts: {
                /**
                 * @description The name of the account.
                 * @example liability:customers
                 */
                account: string;
                /**
                 * @description The sum of the debit side, in USD.
                 * @example 10.50
                 */
                debitUsd: string;
                /**
                 * @description The sum of the credit side, in USD.
                 * @example 10.50
                 */
                creditUsd: string;
            }[];
            /**
             * @description The sum of the debit side, in USD.
             * @example 10.50
             */
            debitUsd: string;
            /**
             * @description The sum of the credit side, in USD.
             * @example 10.50
             */
            creditUsd: string;
            /**
             * @description Debits less credits, in USD; zero when the books balance.
             * @example 10.50
             */
            differenceUsd: string;
        };
        GetRevenueReply: {
            /**
             * Format: date-time
             * @description The beginning; what happens at this time belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description The end; what happens at this time no longer belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            to: string;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description Whether the period may still get entries. */
            open: boolean;
            /** @description When it was read; null for a period that is closed. */
            asOf: string | null;
            /** @description A line for each month and service. */
            revenue: {
                /**
                 * @description The month, such as 2026-01.
                 * @example 2026-01
                 */
                month: string;
                /**
                 * @description The service that is charged.
                 * @example AI_API
                 */
                serviceType: string;
                /**
                 * @description The part that was paid for, in USD.
                 * @example 10.50
                 */
                paidUsd: string;
                /**
                 * @description The part that was given, in USD.
                 * @example 10.50
                 */
                promotionalUsd: string;
                /**
                 * @description What free gift cards paid, in USD.
                 * @example 10.50
                 */
                freeGiftCardsUsd: string;
                /**
                 * @description What was given back, in USD.
                 * @example 10.50
                 */
                refundedUsd: string;
                /**
                 * @description What was earned, in USD.
                 * @example 10.50
                 */
                revenueUsd: string;
            }[];
        };
        GetLiabilityReply: {
            /**
             * Format: date-time
             * @description The moment.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
            /** @description Whether the period may still get entries. */
            open: boolean;
            /** @description When it was read; null for a period that is closed. */
            asOf: string | null;
            /** @description What is owed, by source, kind and age. */
            ages: {
                /**
                 * @description What opened the lots.
                 * @enum {string}
                 */
                source: "deposit" | "card" | "grant" | "refund" | "adjustment" | "settlement" | "rev_share";
                /**
                 * @description Whether it was paid for or given.
                 * @enum {string}
                 */
                kind: "paid" | "promotional";
                /** @description From how many days of age on. */
                fromDays: number;
                /** @description To how many days of age; null: without an end. */
                toDays: number | null;
                /**
                 * @description The amount in USD.
                 * @example 10.50
                 */
                amountUsd: string;
            }[];
            /**
             * @description The part that was paid for, in USD.
             * @example 10.50
             */
            paidUsd: string;
            /**
             * @description The part that was given, in USD.
             * @example 10.50
             */
            promotionalUsd: string;
            /**
             * @description What is owed, in USD.
             * @example 10.50
             */
            debtUsd: string;
        };
        GetBreakageReply: {
            /**
             * Format: date-time
             * @description The beginning; what happens at this time belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description The end; what happens at this time no longer belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            to: string;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description Whether the period may still get entries. */
            open: boolean;
            /** @description When it was read; null for a period that is closed. */
            asOf: string | null;
            /** @description A line for each month. */
            breakage: {
                /**
                 * @description The month, such as 2026-01.
                 * @example 2026-01
                 */
                month: string;
                /** @description How many lots ended. */
                lots: number;
                /**
                 * @description The part that was paid for, in USD.
                 * @example 10.50
                 */
                paidUsd: string;
                /**
                 * @description The part that was given, in USD.
                 * @example 10.50
                 */
                promotionalUsd: string;
            }[];
        };
        GetDeferredRevenueReply: {
            /**
             * Format: date-time
             * @description The beginning; what happens at this time belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description The end; what happens at this time no longer belongs to it.
             * @example 2026-01-31T12:00:00.000Z
             */
            to: string;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description Whether the period may still get entries. */
            open: boolean;
            /** @description When it was read; null for a period that is closed. */
            asOf: string | null;
            /** @description The lines. */
            lines: {
                /**
                 * @description Which line of the roll-forward it is.
                 * @enum {string}
                 */
                line: "opening" | "sold" | "given" | "refunded" | "adjusted" | "used" | "expired" | "takenBack" | "paidOut" | "released" | "closing";
                /**
                 * @description The part that was paid for, in USD.
                 * @example 10.50
                 */
                paidUsd: string;
                /**
                 * @description The part that was given, in USD.
                 * @example 10.50
                 */
                promotionalUsd: string;
                /**
                 * @description What is owed, in USD.
                 * @example 10.50
                 */
                debtUsd: string;
                /**
                 * @description All of it, in USD.
                 * @example 10.50
                 */
                totalUsd: string;
            }[];
        };
        ReleaseRailRequest: {
            /**
             * @description Why, in words.
             * @example agreed with the customer
             */
            reason?: string;
        };
        ReleaseRailReply: {
            /**
             * @description The contra account of the card rail.
             * @example clearing:stripe
             */
            rail: string;
            /** @description The freezes that ended. */
            released: {
                /**
                 * @description Why, in words.
                 * @example agreed with the customer
                 */
                reason: string;
                /**
                 * @description Who froze it.
                 * @example user:ada
                 */
                frozenBy: string;
                /**
                 * Format: date-time
                 * @description When it was frozen.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                frozenAt: string;
            } | null;
        };
        FreezeChainRequest: {
            /**
             * @description Why, in words.
             * @example under investigation
             */
            reason: string;
        };
        FreezeChainReply: {
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description Whether it is frozen.
             * @constant
             */
            frozen: true;
            /** @description False when the chain was already frozen by hand; the first reason stays. */
            changed: boolean;
        };
        ReleaseChainRequest: Record<string, never>;
        ReleaseChainReply: {
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /** @description The freezes that ended. */
            released: components["schemas"]["Freeze"][];
        };
        Freeze: {
            /**
             * @description What froze it.
             * @example by_hand
             */
            kind: string;
            /**
             * @description Why, in words.
             * @example under investigation
             */
            reason: string;
            /**
             * @description Who froze it.
             * @example user:ada
             */
            frozenBy: string;
            /**
             * Format: date-time
             * @description When it was frozen.
             * @example 2026-01-31T12:00:00.000Z
             */
            frozenAt: string;
        };
        ListPricesReply: {
            /** @description The rows, the one added last first. */
            prices: components["schemas"]["Price"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        Price: {
            /**
             * Format: uuid
             * @description The id of the row.
             */
            id: string;
            /** @description The org whose price it is; null: the platform's price, for everybody that has none of its own. */
            org: string | null;
            /**
             * @description The action that is priced.
             * @example chat
             */
            action: string;
            /**
             * @description What is counted, such as `token`.
             * @example token
             */
            unit: string;
            /** @description USD a unit by the quantity of one command, ascending; null where any quantity has one rate. */
            tiers: {
                /**
                 * @description The quantity up to which the rate counts; null in the last tier.
                 * @example 1000000
                 */
                upTo: string | null;
                /**
                 * @description USD a unit.
                 * @example 0.00002
                 */
                rateUsd: string;
            }[] | null;
            /**
             * Format: date-time
             * @description From when it counts. Not in the past.
             * @example 2026-01-31T12:00:00.000Z
             */
            from: string;
            /** @description Until when it counts, that moment left out; null: without an end. */
            to: string | null;
            /**
             * Format: date-time
             * @description When it was added.
             * @example 2026-01-31T12:00:00.000Z
             */
            addedAt: string;
            /**
             * @description Who added it.
             * @example key:0aB3dE7z
             */
            addedBy: string;
        };
        CreatePriceRequest: {
            /**
             * Format: uuid
             * @description The org whose price it is; left out: the platform's price, for everybody that has none of its own.
             */
            org?: string;
            /**
             * @description The action that is priced.
             * @example chat
             */
            action: string;
            /**
             * @description What is counted, such as `token`.
             * @example token
             */
            unit: string;
            /**
             * @description USD a unit.
             * @example 0.0000025
             */
            rateUsd?: string;
            /** @description USD a unit by the quantity of one command, ascending. */
            tiers?: {
                /** @description The quantity up to which the rate counts; null in the last tier. */
                upTo: string | null;
                /**
                 * @description USD a unit.
                 * @example 0.0000025
                 */
                rateUsd: string;
            }[];
            /**
             * @description Ends the price of its owner, in place of a rate.
             * @constant
             */
            ended?: true;
            /**
             * Format: date-time
             * @description From when it counts; left out: from now on. Not in the past.
             */
            from?: string;
            /**
             * Format: date-time
             * @description Until when it counts, that moment left out.
             */
            to?: string;
        };
        ListPlansReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Plan"][];
        };
        Plan: {
            /**
             * Format: uuid
             * @description The id.
             */
            id: string;
            /**
             * @description The name that people read.
             * @example Pro
             */
            name: string;
            /**
             * @description What the plan is, in words.
             * @example For teams
             */
            description: string;
            /** @description The price of a month in dollars; of a one-time plan, what it costs once. Null: not sold so. */
            price_monthly: number | null;
            /** @description The price of a year in dollars; null: not sold so. */
            price_yearly: number | null;
            /** @description The credits of a month; a yearly period brings twelve times as much. */
            credits_included: number;
            /** @description What the plan offers, line by line. */
            features: string[];
            /**
             * @description Whether it renews or is sold once.
             * @enum {string}
             */
            kind: "subscription" | "one_time";
            /** @description Counts the changes of the plan. */
            version: number;
            /**
             * @description When the credits of a period end.
             * @enum {string}
             */
            credits_expire: "never" | "period_end";
            /** @description Whether it is for sale. */
            active: boolean;
            /**
             * @description The id of the monthly price at Stripe; null without one.
             * @example price_1
             */
            stripe_price_id_monthly: string | null;
            /**
             * @description The id of the yearly price at Stripe; null without one.
             * @example price_2
             */
            stripe_price_id_yearly: string | null;
            /**
             * @description The id of the product at Creem; null without one.
             * @example prod_2
             */
            creem_product_id: string | null;
            /**
             * Format: date-time
             * @description When it was last changed.
             * @example 2026-01-31T12:00:00.000Z
             */
            updated_at: string;
        };
        CreatePlanRequest: {
            /**
             * @description The name that people read.
             * @example Pro
             */
            name: string;
            /**
             * @description What the plan is, in words.
             * @default
             * @example For teams
             */
            description: string;
            /** @description What the plan offers, line by line; left out: nothing. */
            features?: string[];
            /**
             * @description Whether it renews or is sold once.
             * @default subscription
             * @enum {string}
             */
            kind: "subscription" | "one_time";
            /** @description The price of a month in dollars; of a one-time plan, what it costs once. Null: not sold so. */
            price_monthly?: number | null;
            /** @description The price of a year in dollars; null: not sold so. */
            price_yearly?: number | null;
            /** @description The credits of a month; a yearly period brings twelve times as much. */
            credits_included: number;
            /**
             * @description When the credits of a period end.
             * @default never
             * @enum {string}
             */
            credits_expire: "never" | "period_end";
            /**
             * @description Whether it is for sale.
             * @default true
             */
            active: boolean;
            /** @description The id of the monthly price at Stripe; null without one. */
            stripe_price_id_monthly?: string | null;
            /** @description The id of the yearly price at Stripe; null without one. */
            stripe_price_id_yearly?: string | null;
            /** @description The id of the product at Creem; null without one. */
            creem_product_id?: string | null;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        CreatePlanReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Plan"];
        };
        CreatePlanAccepted: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Approval"];
        };
        UpdatePlanRequest: {
            /**
             * @description The name that people read.
             * @example Pro
             */
            name: string;
            /**
             * @description What the plan is, in words.
             * @default
             * @example For teams
             */
            description: string;
            /** @description What the plan offers, line by line; left out: nothing. */
            features?: string[];
            /**
             * @description Whether it renews or is sold once.
             * @default subscription
             * @enum {string}
             */
            kind: "subscription" | "one_time";
            /** @description The price of a month in dollars; of a one-time plan, what it costs once. Null: not sold so. */
            price_monthly?: number | null;
            /** @description The price of a year in dollars; null: not sold so. */
            price_yearly?: number | null;
            /** @description The credits of a month; a yearly period brings twelve times as much. */
            credits_included: number;
            /**
             * @description When the credits of a period end.
             * @default never
             * @enum {string}
             */
            credits_expire: "never" | "period_end";
            /**
             * @description Whether it is for sale.
             * @default true
             */
            active: boolean;
            /** @description The id of the monthly price at Stripe; null without one. */
            stripe_price_id_monthly?: string | null;
            /** @description The id of the yearly price at Stripe; null without one. */
            stripe_price_id_yearly?: string | null;
            /** @description The id of the product at Creem; null without one. */
            creem_product_id?: string | null;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        UpdatePlanReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Plan"];
        };
        UpdatePlanAccepted: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Approval"];
        };
        ListCouponsReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Coupon"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            next_cursor: string | null;
        };
        Coupon: {
            /**
             * Format: uuid
             * @description The id of the coupon.
             */
            id: string;
            /**
             * @description The code that users type; their case is ignored.
             * @example WELCOME-2026
             */
            code: string;
            /** @description The amount in whole credits. */
            credits: number;
            /** @description How often it may be redeemed; null: as often as anybody likes. */
            limit_total: number | null;
            /** @description How often one user may redeem it. */
            limit_per_user: number;
            /** @description When it expires; null where it does not. */
            expires_at: string | null;
            /** @description Only active subscribers of one of these plans may redeem it; empty: everybody. */
            plans: string[];
            /** @description What alone its credit may pay for; null: everything. */
            restricted_to: {
                /** @description The services it may pay for; null: every service. */
                services: string[] | null;
                /** @description The actions it may pay for; null: every action. */
                actions: string[] | null;
            } | null;
            /** @description How often it was redeemed. */
            used: number;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            created_at: string;
            /**
             * @description Who created it.
             * @example key:0aB3dE7z
             */
            created_by: string;
        };
        CreateCouponRequest: {
            /**
             * @description The code that users type; their case is ignored.
             * @example WELCOME-2026
             */
            code: string;
            /** @description The amount in whole credits. */
            credits: number;
            /** @description How often it may be redeemed. */
            limit_total?: number;
            /** @description How often one user may redeem it. */
            limit_per_user?: number;
            /**
             * Format: date-time
             * @description When it expires.
             */
            expires_at?: string;
            /** @description Only active subscribers of one of these plans may redeem it; empty: everybody. */
            plans?: string[];
            /** @description What alone its credit may pay for. */
            restricted_to?: {
                /** @description The services it may pay for; left out: every service. */
                services?: components["schemas"]["ServiceType"][];
                /** @description The actions it may pay for; left out: every action. */
                actions?: string[];
            };
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        CreateCouponReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Coupon"];
        };
        CreateCouponAccepted: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Approval"];
        };
        GetCheckInConfigReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["CheckInConfig"];
        };
        CheckInConfig: {
            /** @description Whether check-ins are on. */
            enabled: boolean;
            /** @description The credits of a check-in. */
            credits_per_day: number;
            /** @description Comes on top on each `streak_days`-th day in a row. */
            streak_bonus: number;
            /** @description After how many days in a row the bonus comes. */
            streak_days: number;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            time_zone: string;
            /**
             * @description A claim of the token that must be true, such as `email_verified`; null: none.
             * @example email_verified
             */
            requireClaim: string | null;
        };
        SetCheckInConfigRequest: {
            /** @description Whether check-ins are on. */
            enabled: boolean;
            /** @description The credits of a check-in. */
            credits_per_day: number;
            /** @description Comes on top on each `streak_days`-th day in a row. */
            streak_bonus?: number;
            /** @description After how many days in a row the bonus comes. */
            streak_days?: number;
            /**
             * @description The IANA time zone, such as Europe/Berlin.
             * @example Europe/Berlin
             */
            time_zone?: string;
            /**
             * @description A claim of the token that must be true, such as `email_verified`; null: none.
             * @example email_verified
             */
            requireClaim?: string | null;
            /** @description An alternative to the Idempotency-Key header. */
            idempotency_key?: string;
        };
        SetCheckInConfigReply: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["CheckInConfig"];
        };
        SetCheckInConfigAccepted: {
            /**
             * @description Always true: the call succeeded.
             * @constant
             */
            success: true;
            /** @description The answer. */
            data: components["schemas"]["Approval"];
        };
        ListAllDepositsReply: {
            /** @description The deposits. */
            deposits: components["schemas"]["InboxDeposit"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        AssignDepositRequest: {
            /**
             * Format: uuid
             * @description The org that it is assigned to.
             */
            org: string;
            /**
             * @description Why, in words.
             * @example the org showed the transaction
             */
            reason: string;
        };
        IgnoreDepositRequest: {
            /**
             * @description Why, in words.
             * @example sent by mistake and returned
             */
            reason: string;
        };
        ListApprovalsReply: {
            /** @description The requests, newest first. */
            approvals: components["schemas"]["Approval"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        User: {
            /**
             * @description The user.
             * @example user-17
             */
            userId: string;
            /**
             * Format: uuid
             * @description The id of the wallet.
             */
            walletId: string;
            /**
             * @description What can be spent, in USD.
             * @example 10.50
             */
            availableUsd: string;
            /**
             * @description What open holds keep, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description When it was suspended; null while it is not. */
            suspendedAt: string | null;
            /**
             * @description Why it was suspended; null without a reason.
             * @example under investigation
             */
            suspendedReason: string | null;
            /**
             * Format: date-time
             * @description When it was created.
             * @example 2026-01-31T12:00:00.000Z
             */
            createdAt: string;
        };
        SuspendUserRequest: {
            /**
             * @description False ends the suspension.
             * @default true
             */
            suspended: boolean;
            /**
             * @description Why, in words.
             * @example agreed with the customer
             */
            reason?: string;
        };
        ApproveRequestRequest: {
            /**
             * @description Why, in words.
             * @example agreed with the customer
             */
            reason?: string;
        };
        RejectRequestRequest: {
            /**
             * @description Why, in words.
             * @example agreed with the customer
             */
            reason?: string;
        };
        ListChainsReply: {
            /** @description The chains. */
            chains: components["schemas"]["Chain"][];
        };
        Chain: {
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description How it does.
             * @enum {string}
             */
            state: "running" | "frozen" | "failing" | "refused" | "behind" | "waiting";
            /** @description The newest block of the chain that was seen; null before the first. */
            headBlock: number | null;
            /** @description The block that is read next; null before the first. */
            nextBlock: number | null;
            /** @description The block up to which deposits are credited; null before the first. */
            creditBlock: number | null;
            /** @description When the chain was last read; null before the first time. */
            scannedAt: string | null;
            /** @description The process that credits; null while none does. */
            leader: {
                /**
                 * @description The process.
                 * @example coffer-1
                 */
                holder: string;
                /**
                 * Format: date-time
                 * @description Until when.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                until: string;
            } | null;
            /** @description The freezes of the chain. */
            freezes: components["schemas"]["Freeze"][];
            /** @description What is written after the release of the chain; null while it is not frozen. */
            dues: {
                /** @description Deposits that will be taken back. */
                reversals: {
                    /** @description How many there are. */
                    count: number;
                    /**
                     * @description The amount in USD.
                     * @example 10.50
                     */
                    amountUsd: string;
                    /** @description Some of them. */
                    deposits: {
                        /**
                         * Format: uuid
                         * @description The id of the deposit.
                         */
                        id: string;
                        /**
                         * @description The hash of the transaction on the chain.
                         * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
                         */
                        txHash: string;
                        /**
                         * @description The amount in USD.
                         * @example 10.50
                         */
                        amountUsd: string;
                    }[];
                };
                /** @description Deposits that will be credited. */
                credits: {
                    /** @description How many there are. */
                    count: number;
                    /**
                     * @description The amount in USD.
                     * @example 10.50
                     */
                    amountUsd: string;
                    /** @description Some of them. */
                    deposits: {
                        /**
                         * Format: uuid
                         * @description The id of the deposit.
                         */
                        id: string;
                        /**
                         * @description The hash of the transaction on the chain.
                         * @example 0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e
                         */
                        txHash: string;
                        /**
                         * @description The amount in USD.
                         * @example 10.50
                         */
                        amountUsd: string;
                    }[];
                };
            } | null;
            /** @description The RPCs of the chain. */
            rpcs: {
                /**
                 * @description The host of the RPC.
                 * @example rpc.example
                 */
                rpc: string;
                /**
                 * @description How it does.
                 * @example reading
                 */
                state: string;
                /** @description The newest block of the chain that was seen; null before the first. */
                headBlock: number | null;
                /**
                 * @description What is wrong; null when nothing is.
                 * @example it does not answer
                 */
                problem: string | null;
                /**
                 * Format: date-time
                 * @description Since when.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                since: string;
                /**
                 * Format: date-time
                 * @description When it was last seen.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                seenAt: string;
            }[];
            /** @description The tokens of the chain. */
            tokens: {
                /**
                 * @description The address of the token contract.
                 * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                 */
                token: string;
                /**
                 * @description The hash of the code of the token; null while it is unknown.
                 * @example 0x1c2d3e4f
                 */
                code: string | null;
                /** @description Whether the token is paused. */
                paused: boolean;
                /** @description Our addresses that the token blocks. */
                blocked: string[];
                /**
                 * Format: date-time
                 * @description When that last changed.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                changedAt: string;
            }[];
            /** @description The processes that read the chain. */
            workers: {
                /**
                 * @description The process.
                 * @example coffer-1
                 */
                holder: string;
                /**
                 * @description How it does.
                 * @example reading
                 */
                state: string;
                /**
                 * @description What is wrong; null when nothing is.
                 * @example it does not answer
                 */
                problem: string | null;
                /** @description When its last round ended; null before the first. */
                roundEndedAt: string | null;
                /**
                 * Format: date-time
                 * @description When it was last seen.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                seenAt: string;
            }[];
        };
        GetReconciliationReply: {
            /**
             * @description `GAP`: something differs. `UNKNOWN`: never checked, not checked lately, or the chain could not be asked.
             * @enum {string}
             */
            status: "OK" | "GAP" | "UNKNOWN";
            /** @description How many wallets there are; null before it was first read. */
            wallets: number | null;
            /** @description The sum of all positive balances, in USD; null before it was first read. */
            owedUsd: string | null;
            /** @description The sum of all debts, in USD; null before it was first read. */
            debtUsd: string | null;
            /**
             * @description The balance of our addresses on the chain, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /** @description `heldUsd` less `owedUsd`; null before it was first read. */
            coverageUsd: string | null;
            /** @description When the wallets were last summed; null before the first time. */
            owedAt: string | null;
            /** @description The chains. */
            chains: components["schemas"]["ReconciledChain"][];
            /** @description The card rails. */
            rails: components["schemas"]["Rail"][];
        };
        ReconciledChain: {
            /**
             * @description The chain, as a CAIP-2 id.
             * @example eip155:8453
             */
            chain: string;
            /**
             * @description `GAP`: something differs. `UNKNOWN`: never checked, not checked lately, or the chain could not be asked.
             * @enum {string}
             */
            status: "OK" | "GAP" | "UNKNOWN";
            /** @description Whether it is frozen. */
            frozen: boolean;
            /**
             * @description The balance of our addresses on the chain, in USD.
             * @example 10.50
             */
            heldUsd: string;
            /**
             * @description The balance that the transfers read imply, in USD.
             * @example 10.50
             */
            reckonedUsd: string;
            /**
             * @description The difference, in USD.
             * @example 10.50
             */
            deltaUsd: string;
            /** @description How many addresses agree, differ or are unknown. */
            addresses: {
                /** @description How many agree. */
                ok: number;
                /** @description How many differ. */
                gap: number;
                /** @description How many are unknown. */
                unknown: number;
            };
            /** @description When the chain was last compared; null before the first time. */
            auditedAt: string | null;
            /**
             * @description What is wrong; null when nothing is.
             * @example it does not answer
             */
            problem: string | null;
            /** @description What the ledger credited to wallets for this chain, in USD; null before it was first read. */
            ledgerUsd: string | null;
            /** @description What was credited, in USD; of a chain null before it was first read. */
            creditedUsd: string | null;
            /** @description `ledgerUsd` less `creditedUsd`; null before it was first read. */
            ledgerDeltaUsd: string | null;
            /** @description Wallets and deposits whose books disagree. */
            faults: {
                /**
                 * Format: uuid
                 * @description The id of the wallet.
                 */
                wallet: string;
                /** @description The id of the deposit; null where it is about none. */
                deposit: string | null;
            }[];
            /** @description When the books were last compared; null before the first time. */
            booksAt: string | null;
            /**
             * @description What waits for its blocks, in USD.
             * @example 10.50
             */
            pendingUsd: string;
            /**
             * @description What nobody's senders sent, in USD.
             * @example 10.50
             */
            unmatchedUsd: string;
            /**
             * @description What waits for its screening, in USD.
             * @example 10.50
             */
            screeningUsd: string;
            /** @description Addresses whose balance differs or is unknown. */
            troubled: {
                /**
                 * @description The address of the token contract.
                 * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                 */
                token: string;
                /**
                 * @description Our address.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                address: string;
                /**
                 * @description `GAP`: something differs. `UNKNOWN`: never checked, not checked lately, or the chain could not be asked.
                 * @enum {string}
                 */
                status: "OK" | "GAP" | "UNKNOWN";
                /** @description The balance on the chain, in USD; null where it could not be read. */
                foundUsd: string | null;
                /** @description The balance that the transfers read imply, in USD. */
                reckonedUsd: string | null;
                /** @description The number of the block. */
                block: number | null;
                /**
                 * @description What is wrong; null when nothing is.
                 * @example it does not answer
                 */
                problem: string | null;
            }[];
            /** @description Blocks in which a balance changed in a way that the transfers read did not explain; newest first. */
            gaps: {
                /**
                 * @description The address of the token contract.
                 * @example 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913
                 */
                token: string;
                /**
                 * @description Our address.
                 * @example 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
                 */
                address: string;
                /** @description The number of the block. */
                block: number;
                /**
                 * @description The amount in USD.
                 * @example 10.50
                 */
                amountUsd: string;
                /** @description Transfers that were found there later, as token:transaction:position; empty while it is unexplained. */
                explainedBy: string[];
                /**
                 * Format: date-time
                 * @description When it was found.
                 * @example 2026-01-31T12:00:00.000Z
                 */
                foundAt: string;
            }[];
        };
        Rail: {
            /**
             * @description The contra account of the card rail.
             * @example clearing:stripe
             */
            rail: string;
            /** @description `GAP`: something differs. `UNKNOWN`: never checked, not checked lately, or the chain could not be asked. Null: compared with nothing. */
            status: ("OK" | "GAP" | "UNKNOWN") | null;
            /** @description Whether it is frozen. */
            frozen: boolean;
            /** @description When it was frozen; null while it is not. */
            frozenAt: string | null;
            /**
             * @description Why, in words; null while it is not frozen.
             * @example under investigation
             */
            reason: string | null;
            /**
             * @description What was credited, in USD; of a chain null before it was first read.
             * @example 10.50
             */
            creditedUsd: string;
            /**
             * @description Taxes in it, in USD.
             * @example 10.50
             */
            taxUsd: string;
            /**
             * @description What the seller keeps of payments, in USD; below zero by what was taken back beyond a payment.
             * @example 10.50
             */
            sellerUsd: string;
            /**
             * @description Paid and not credited, in USD.
             * @example 10.50
             */
            parkedUsd: string;
            /**
             * @description What is due on the rail: the sum of the four amounts before it, in USD.
             * @example 10.50
             */
            dueUsd: string;
            /** @description What the provider took less what it gave back, without its fees, in USD; null where there is no provider. */
            gotUsd: string | null;
            /** @description The difference, in USD; null where nothing is compared. */
            deltaUsd: string | null;
            /** @description What an operator accepted of the difference, in USD; null where there is none. */
            acceptedUsd: string | null;
            /** @description What the provider kept for itself, in the minor unit of each currency. */
            fees: {
                /**
                 * @description The currency, as an ISO 4217 code in lower case.
                 * @example usd
                 */
                currency: string;
                /**
                 * @description The amount in the minor unit of its currency.
                 * @example 1000
                 */
                amountMinor: string;
            }[];
            /** @description When it was last compared; null before the first time. */
            checkedAt: string | null;
            /**
             * @description What is wrong; null when nothing is.
             * @example it does not answer
             */
            problem: string | null;
        };
        ListAuditActsReply: {
            /** @description What operators did, newest first. */
            acts: components["schemas"]["AuditAct"][];
            /**
             * @description To be sent as `cursor` for the next page; null on the last page.
             * @example aG9sZHN-NDI
             */
            nextCursor: string | null;
        };
        AuditAct: {
            /**
             * Format: uuid
             * @description The same id for a request and all its changes.
             */
            actId: string;
            /**
             * Format: date-time
             * @description When it was done.
             * @example 2026-01-31T12:00:00.000Z
             */
            at: string;
            /**
             * @description Who acted: `key:<id>`, `user:<id>` or `cli:<name>`.
             * @example key:0aB3dE7z
             */
            actor: string;
            /**
             * @description The route, or the command of the CLI.
             * @example PATCH /admin/orgs/:org
             */
            action: string;
            /**
             * @description The id of the request, also in the header `X-Request-Id`.
             * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            requestId: string | null;
            /**
             * @description `request`, or the name of the changed table.
             * @example org
             */
            subject: string;
            /**
             * @description Which of them: an id, or the path of a request.
             * @example 019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21
             */
            subjectId: string;
            /** @description The id of the org; null where it is about none. */
            orgId: string | null;
            /** @description The changed columns, or the whole row when it was removed; of a request, null. Amounts in micros. */
            before: {
                [key: string]: unknown;
            } | null;
            /** @description The changed columns, or the whole row when it was added; of a request, its input. Amounts in micros. */
            after: {
                [key: string]: unknown;
            } | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The id of the request: the one that was sent in this header, or a new one. It finds the request in the log. */
        RequestId: string;
        /** @description After how many seconds the same request may succeed. */
        RetryAfter: string;
        /** @description The limits that counted the request: how many requests (`q`) in how many seconds (`w`). */
        RateLimitPolicy: string;
        /** @description What is left of these limits (`r`), and in how many seconds there is more (`t`). */
        RateLimit: string;
        /** @description The idempotency key of the request, or the one that was made for it. */
        IdempotencyKey: string;
        /** @description The request was answered before; nothing was done again. */
        IdempotencyReplayed: "true";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "person": {
                     *         "user": "ada",
                     *         "isPlatformAdmin": true,
                     *         "isPlatformFinance": true
                     *       },
                     *       "orgs": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "name": "Acme",
                     *           "externalId": "acme-1",
                     *           "role": "owner"
                     *         }
                     *       ],
                     *       "csrfToken": "x5Jb2mQ0",
                     *       "session": {
                     *         "provenAt": "2026-01-31T12:00:00.000Z",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "signInPath": "/app/sign-in"
                     *     }
                     */
                    "application/json": components["schemas"]["GetMeReply"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SignOutRequest"];
            };
        };
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getBalance: {
        parameters: {
            query?: {
                /** @description Of which time: everything recorded before it. Left out: now. */
                at?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "totalUsd": "99.65",
                     *       "availableUsd": "74.65",
                     *       "heldUsd": "25.00",
                     *       "pendingUsd": "0.00",
                     *       "debtUsd": "0.00",
                     *       "frozenUsd": "0.00",
                     *       "restricted": [],
                     *       "nextExpiry": null,
                     *       "freeGiftCards": 0,
                     *       "status": "OK",
                     *       "lowBalanceThresholdUsd": "20.00",
                     *       "criticalThresholdUsd": "5.00",
                     *       "at": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Balance"];
                };
            };
        };
    };
    listEntries: {
        parameters: {
            query?: {
                format?: "json" | "csv";
                type?: components["schemas"]["EntryType"];
                serviceType?: components["schemas"]["ServiceType"];
                appId?: string;
                reference?: string;
                idempotencyKey?: string;
                holdId?: string;
                metadata?: {
                    [key: string]: string;
                };
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                bom?: "true" | "false";
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entries": [
                     *         {
                     *           "id": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "commandId": "cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "type": "AI_API_CALL",
                     *           "serviceType": "AI_API",
                     *           "amountUsd": "-0.35",
                     *           "availableDeltaUsd": "-0.35",
                     *           "heldDeltaUsd": "0.00",
                     *           "availableAfterUsd": "99.65",
                     *           "heldAfterUsd": "0.00",
                     *           "giftCardsDelta": 0,
                     *           "giftCardsAvailableAfter": 0,
                     *           "giftCardsHeldAfter": 0,
                     *           "idempotencyKey": "chat-8812",
                     *           "lotId": "lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_1",
                     *           "lotLeftUsd": "99.65",
                     *           "restrictedTo": null,
                     *           "refundOf": null,
                     *           "holdId": null,
                     *           "parentHoldId": null,
                     *           "depositId": null,
                     *           "orderId": null,
                     *           "txHash": null,
                     *           "chain": null,
                     *           "action": null,
                     *           "quantity": null,
                     *           "price": null,
                     *           "reference": "chat-8812",
                     *           "description": null,
                     *           "appId": null,
                     *           "userId": "user-17",
                     *           "teamId": null,
                     *           "metadata": null,
                     *           "createdAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListEntriesReply"];
                    "text/csv": string;
                };
            };
        };
    };
    listPacks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "packs": [
                     *         {
                     *           "id": "starter",
                     *           "name": "Starter",
                     *           "amountUsd": "10.50",
                     *           "freeGiftCards": 1,
                     *           "tagline": "To try it out",
                     *           "popular": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListPacksReply"];
                };
            };
        };
    };
    listSenders: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "senders": [
                     *         {
                     *           "senderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *           "chain": "eip155:8453",
                     *           "chains": [],
                     *           "label": "Treasury",
                     *           "state": "bound",
                     *           "registeredAt": "2026-01-31T12:00:00.000Z",
                     *           "provenAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListSendersReply"];
                };
            };
        };
    };
    registerSender: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterSenderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "senderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *       "chain": "eip155:8453",
                     *       "chains": [],
                     *       "label": "Treasury",
                     *       "state": "bound",
                     *       "registeredAt": "2026-01-31T12:00:00.000Z",
                     *       "provenAt": "2026-01-31T12:00:00.000Z",
                     *       "creditsAddresses": [
                     *         {
                     *           "chain": "eip155:8453",
                     *           "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *           "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *           "symbol": "USDC",
                     *           "expectedSeconds": 1
                     *         }
                     *       ],
                     *       "expectedSeconds": 1
                     *     }
                     */
                    "application/json": components["schemas"]["RegisterSenderReply"];
                };
            };
        };
    };
    deleteSender: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the sender. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listDeposits: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deposits": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "state": "credited",
                     *           "reason": "below_minimum",
                     *           "amountUsd": "10.50",
                     *           "chain": "eip155:8453",
                     *           "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *           "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *           "ordinal": 1,
                     *           "fromAddress": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *           "toAddress": "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                     *           "blockNumber": 1,
                     *           "blockTime": "2026-01-31T12:00:00.000Z",
                     *           "confirmations": 1,
                     *           "confirmationsNeeded": 1,
                     *           "estimatedSeconds": 1,
                     *           "provisional": true,
                     *           "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "observedAt": "2026-01-31T12:00:00.000Z",
                     *           "creditedAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListDepositsReply"];
                };
            };
        };
    };
    traceDeposit: {
        parameters: {
            query: {
                /** @description The hash of the transaction: 0x and up to 64 hex digits. */
                tx: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *       "found": true,
                     *       "explanation": "The transfer waits for 3 more blocks.",
                     *       "transfers": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "state": "credited",
                     *           "reason": "below_minimum",
                     *           "amountUsd": "10.50",
                     *           "chain": "eip155:8453",
                     *           "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *           "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *           "ordinal": 1,
                     *           "fromAddress": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *           "toAddress": "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                     *           "blockNumber": 1,
                     *           "blockTime": "2026-01-31T12:00:00.000Z",
                     *           "confirmations": 1,
                     *           "confirmationsNeeded": 1,
                     *           "estimatedSeconds": 1,
                     *           "provisional": true,
                     *           "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "observedAt": "2026-01-31T12:00:00.000Z",
                     *           "creditedAt": "2026-01-31T12:00:00.000Z",
                     *           "amountUnits": "10000000",
                     *           "symbol": "USDC",
                     *           "outcome": "credited",
                     *           "explanation": "The transfer waits for 3 more blocks."
                     *         }
                     *       ],
                     *       "more": true
                     *     }
                     */
                    "application/json": components["schemas"]["TraceDepositReply"];
                };
            };
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description Only holds in this state. */
                state?: "open" | "captured" | "released" | "expired";
                serviceType?: components["schemas"]["ServiceType"];
                /** @description Only holds with this reference. */
                reference?: string;
                /** @description Only holds that draw from this one. */
                parentHoldId?: string;
                metadata?: {
                    [key: string]: string;
                };
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "holds": [
                     *         {
                     *           "holdId": "hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40",
                     *           "state": "open",
                     *           "serviceType": "AI_API",
                     *           "useGiftCard": true,
                     *           "amountUsd": "10.50",
                     *           "leftUsd": "10.50",
                     *           "capturedUsd": "10.50",
                     *           "childrenUsd": "10.50",
                     *           "parentHoldId": "hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38",
                     *           "reference": "chat-8812",
                     *           "description": "Chat of the support desk",
                     *           "appId": "desk",
                     *           "userId": "user-17",
                     *           "teamId": "support",
                     *           "metadata": {
                     *             "project": "atlas"
                     *           },
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "expiresAt": "2026-01-31T12:00:00.000Z",
                     *           "heartbeatSeconds": 1,
                     *           "aliveUntil": "2026-01-31T12:00:00.000Z",
                     *           "closedAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListHoldsReply"];
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description Only orders in this state. */
                state?: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                metadata?: {
                    [key: string]: string;
                };
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orders": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "state": "created",
                     *           "reason": "amount_differs",
                     *           "channel": "chain",
                     *           "packId": "starter",
                     *           "productId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "amountUsd": "10.50",
                     *           "priceCents": 1,
                     *           "creditUsd": "10.50",
                     *           "giftCards": 1,
                     *           "refundedCents": 1,
                     *           "takenBackUsd": "10.50",
                     *           "dispute": {
                     *             "status": "needs_response",
                     *             "dueBy": "2026-01-31T12:00:00.000Z"
                     *           },
                     *           "receiptUrl": "https://pay.example/receipts/1",
                     *           "poNumber": "PO-2026-118",
                     *           "metadata": {},
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "expiresAt": "2026-01-31T12:00:00.000Z",
                     *           "timeline": [
                     *             {
                     *               "at": "2026-01-31T12:00:00.000Z",
                     *               "what": "paid",
                     *               "source": "api"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListOrdersReply"];
                };
            };
        };
    };
    updateOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the order. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "poNumber": "PO-2026-118"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateOrderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "state": "created",
                     *       "reason": "amount_differs",
                     *       "channel": "chain",
                     *       "packId": "starter",
                     *       "productId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "amountUsd": "10.50",
                     *       "priceCents": 1,
                     *       "creditUsd": "10.50",
                     *       "giftCards": 1,
                     *       "refundedCents": 1,
                     *       "takenBackUsd": "10.50",
                     *       "dispute": {
                     *         "status": "needs_response",
                     *         "dueBy": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "receiptUrl": "https://pay.example/receipts/1",
                     *       "poNumber": "PO-2026-118",
                     *       "metadata": {},
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "timeline": [
                     *         {
                     *           "at": "2026-01-31T12:00:00.000Z",
                     *           "what": "paid",
                     *           "source": "api"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the order. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CancelOrderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "state": "created",
                     *       "reason": "amount_differs",
                     *       "channel": "chain",
                     *       "packId": "starter",
                     *       "productId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "amountUsd": "10.50",
                     *       "priceCents": 1,
                     *       "creditUsd": "10.50",
                     *       "giftCards": 1,
                     *       "refundedCents": 1,
                     *       "takenBackUsd": "10.50",
                     *       "dispute": {
                     *         "status": "needs_response",
                     *         "dueBy": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "receiptUrl": "https://pay.example/receipts/1",
                     *       "poNumber": "PO-2026-118",
                     *       "metadata": {},
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "timeline": [
                     *         {
                     *           "at": "2026-01-31T12:00:00.000Z",
                     *           "what": "paid",
                     *           "source": "api"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
        };
    };
    createCheckout: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "packId": "starter",
                 *       "successUrl": "https://shop.example/paid",
                 *       "cancelUrl": "https://shop.example/cart"
                 *     }
                 */
                "application/json": components["schemas"]["CreateCheckoutRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "https://checkout.example/c/cs_1",
                     *       "sessionId": "cs_test_a1",
                     *       "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "idempotencyKey": "order-8812-charge"
                     *     }
                     */
                    "application/json": components["schemas"]["CreateCheckoutReply"];
                };
            };
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lowBalanceThresholdUsd": "10.50",
                     *       "criticalThresholdUsd": "10.50",
                     *       "freeGiftCardMaxUsd": "10.50",
                     *       "timeZone": "Europe/Berlin",
                     *       "expiryNoticeDays": [
                     *         1
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Settings"];
                };
            };
        };
    };
    updateSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lowBalanceThresholdUsd": "20.00",
                 *       "criticalThresholdUsd": "5.00"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateSettingsRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lowBalanceThresholdUsd": "10.50",
                     *       "criticalThresholdUsd": "10.50",
                     *       "freeGiftCardMaxUsd": "10.50",
                     *       "timeZone": "Europe/Berlin",
                     *       "expiryNoticeDays": [
                     *         1
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "user": "user-17",
                     *       "state": "pending",
                     *       "what": "Grant of 150.00 USD",
                     *       "booking": {
                     *         "type": "DEPOSIT",
                     *         "amountUsd": "10.50",
                     *         "reason": "agreed with the customer",
                     *         "serviceType": "AI_API",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "restrictedTo": {
                     *           "services": [],
                     *           "actions": []
                     *         },
                     *         "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "reference": "chat-8812",
                     *         "metadata": {}
                     *       },
                     *       "change": {
                     *         "kind": "price",
                     *         "countsUsd": "10.50"
                     *       },
                     *       "requestedBy": "key:0aB3dE7z",
                     *       "requestedAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "decidedBy": "user:ada",
                     *       "decidedAt": "2026-01-31T12:00:00.000Z",
                     *       "decisionReason": "checked",
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "refusal": "CREDIT_INSUFFICIENT",
                     *       "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *       "idempotencyKey": "order-8812-charge"
                     *     }
                     */
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    getStatement: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orgId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "from": "2026-01-31T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "timeZone": "Europe/Berlin",
                     *       "open": true,
                     *       "asOf": "2026-01-31T12:00:00.000Z",
                     *       "opening": {
                     *         "availableUsd": "10.50",
                     *         "heldUsd": "10.50",
                     *         "paidUsd": "10.50",
                     *         "promotionalUsd": "10.50",
                     *         "debtUsd": "10.50",
                     *         "freeGiftCards": 1,
                     *         "restricted": [
                     *           {
                     *             "services": [],
                     *             "actions": [],
                     *             "availableUsd": "10.50"
                     *           }
                     *         ]
                     *       },
                     *       "movements": [
                     *         {
                     *           "type": "DEPOSIT",
                     *           "serviceType": "AI_API",
                     *           "entries": 1,
                     *           "availableDeltaUsd": "10.50",
                     *           "heldDeltaUsd": "10.50",
                     *           "paidDeltaUsd": "10.50",
                     *           "promotionalDeltaUsd": "10.50",
                     *           "debtDeltaUsd": "10.50",
                     *           "giftCardsDelta": 1
                     *         }
                     *       ],
                     *       "closing": {
                     *         "availableUsd": "10.50",
                     *         "heldUsd": "10.50",
                     *         "paidUsd": "10.50",
                     *         "promotionalUsd": "10.50",
                     *         "debtUsd": "10.50",
                     *         "freeGiftCards": 1,
                     *         "restricted": [
                     *           {
                     *             "services": [],
                     *             "actions": [],
                     *             "availableUsd": "10.50"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["GetStatementReply"];
                    "text/csv": string;
                };
            };
        };
    };
    explainDecision: {
        parameters: {
            query?: {
                /** @description The id of an entry. */
                entry?: string;
                /** @description The id of a hold: why it was opened, and what became of it. */
                hold?: string;
                /** @description The id of the request: `requestId` of its problem, or the header `X-Request-Id` of its answer. */
                requestId?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "decisions": [
                     *         {
                     *           "outcome": "accepted",
                     *           "operation": "treasury.debit",
                     *           "at": "2026-01-31T12:00:00.000Z",
                     *           "explanation": "The debit of 10.00 USD was refused: 3.00 USD were available.",
                     *           "refusal": {
                     *             "code": "VALIDATION_FAILED",
                     *             "message": "10.00 USD needed, 3.00 USD available",
                     *             "by": "rule"
                     *           },
                     *           "changes": [
                     *             {
                     *               "change": "available",
                     *               "byUsd": "10.50",
                     *               "byQuantity": "500",
                     *               "earlierSeconds": 1,
                     *               "text": "With 7.00 USD more available it would have been accepted."
                     *             }
                     *           ],
                     *           "before": {
                     *             "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *             "availableUsd": "10.50",
                     *             "heldUsd": "10.50",
                     *             "debtUsd": "10.50",
                     *             "frozenUsd": "10.50",
                     *             "freeGiftCards": 1
                     *           },
                     *           "reproduced": true,
                     *           "state": {
                     *             "complete": true,
                     *             "entriesRead": 1
                     *           },
                     *           "lots": [
                     *             {
                     *               "lotId": "lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12",
                     *               "source": "deposit",
                     *               "promotional": true,
                     *               "expiresAt": "2026-01-31T12:00:00.000Z",
                     *               "deltaUsd": "10.50",
                     *               "leftUsd": "10.50"
                     *             }
                     *           ],
                     *           "price": {
                     *             "action": "chat",
                     *             "quantity": "1500",
                     *             "price": {
                     *               "priceId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *               "rateUsd": "0.00002",
                     *               "rounding": "up"
                     *             }
                     *           },
                     *           "asked": {
                     *             "actor": "key:0aB3dE7z",
                     *             "requestId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *             "idempotencyKey": "order-8812-charge",
                     *             "appId": "desk",
                     *             "userId": "user-17",
                     *             "teamId": "support"
                     *           },
                     *           "entries": [
                     *             {
                     *               "id": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *               "commandId": "cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *               "type": "AI_API_CALL",
                     *               "serviceType": "AI_API",
                     *               "amountUsd": "-0.35",
                     *               "availableDeltaUsd": "-0.35",
                     *               "heldDeltaUsd": "0.00",
                     *               "availableAfterUsd": "99.65",
                     *               "heldAfterUsd": "0.00",
                     *               "giftCardsDelta": 0,
                     *               "giftCardsAvailableAfter": 0,
                     *               "giftCardsHeldAfter": 0,
                     *               "idempotencyKey": "chat-8812",
                     *               "lotId": "lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_1",
                     *               "lotLeftUsd": "99.65",
                     *               "restrictedTo": null,
                     *               "refundOf": null,
                     *               "holdId": null,
                     *               "parentHoldId": null,
                     *               "depositId": null,
                     *               "orderId": null,
                     *               "txHash": null,
                     *               "chain": null,
                     *               "action": null,
                     *               "quantity": null,
                     *               "price": null,
                     *               "reference": "chat-8812",
                     *               "description": null,
                     *               "appId": null,
                     *               "userId": "user-17",
                     *               "teamId": null,
                     *               "metadata": null,
                     *               "createdAt": "2026-01-31T12:00:00.000Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "hold": {
                     *         "holdId": "hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40",
                     *         "state": "open",
                     *         "leftUsd": "10.50",
                     *         "capturedUsd": "10.50",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "closedAt": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ExplainDecisionReply"];
                };
            };
        };
    };
    listBudgets: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "budgets": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "name": "Chat of user-17",
                     *           "subject": "userId",
                     *           "value": "user-17",
                     *           "period": "day",
                     *           "mode": "hard",
                     *           "limitUsd": "10.50",
                     *           "warnAtPercent": 1,
                     *           "usedUsd": "10.50",
                     *           "reservedUsd": "10.50",
                     *           "leftUsd": "10.50",
                     *           "periodStart": "2026-01-31T12:00:00.000Z",
                     *           "renewsAt": "2026-01-31T12:00:00.000Z",
                     *           "timeZone": "Europe/Berlin",
                     *           "createdAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListBudgetsReply"];
                };
            };
        };
    };
    createBudget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": "userId",
                 *       "value": "u-1",
                 *       "period": "month",
                 *       "limitUsd": "50.00",
                 *       "mode": "hard"
                 *     }
                 */
                "application/json": components["schemas"]["CreateBudgetRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "name": "Chat of user-17",
                     *       "subject": "userId",
                     *       "value": "user-17",
                     *       "period": "day",
                     *       "mode": "hard",
                     *       "limitUsd": "10.50",
                     *       "warnAtPercent": 1,
                     *       "usedUsd": "10.50",
                     *       "reservedUsd": "10.50",
                     *       "leftUsd": "10.50",
                     *       "periodStart": "2026-01-31T12:00:00.000Z",
                     *       "renewsAt": "2026-01-31T12:00:00.000Z",
                     *       "timeZone": "Europe/Berlin",
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Budget"];
                };
            };
        };
    };
    deleteBudget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the budget. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateBudget: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the budget. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limitUsd": "75.00"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateBudgetRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "name": "Chat of user-17",
                     *       "subject": "userId",
                     *       "value": "user-17",
                     *       "period": "day",
                     *       "mode": "hard",
                     *       "limitUsd": "10.50",
                     *       "warnAtPercent": 1,
                     *       "usedUsd": "10.50",
                     *       "reservedUsd": "10.50",
                     *       "leftUsd": "10.50",
                     *       "periodStart": "2026-01-31T12:00:00.000Z",
                     *       "renewsAt": "2026-01-31T12:00:00.000Z",
                     *       "timeZone": "Europe/Berlin",
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Budget"];
                };
            };
        };
    };
    getAutoRefill: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "enabled": true,
                     *       "state": "off",
                     *       "thresholdUsd": "10.50",
                     *       "packId": "starter",
                     *       "targetUsd": "10.50",
                     *       "maxDayUsd": "10.50",
                     *       "maxMonthUsd": "10.50",
                     *       "maxDayCount": 1,
                     *       "stopped": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "reason": "repeated_failures"
                     *       },
                     *       "nextAttemptAt": "2026-01-31T12:00:00.000Z",
                     *       "openOrderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "consent": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "by": "user:ada",
                     *         "thresholdUsd": "10.50",
                     *         "packId": "starter",
                     *         "targetUsd": "10.50",
                     *         "maxDayUsd": "10.50",
                     *         "maxMonthUsd": "10.50",
                     *         "maxDayCount": 1,
                     *         "textVersion": "2026-11"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AutoRefill"];
                };
            };
        };
    };
    setAutoRefill: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true,
                 *       "thresholdUsd": "10.00",
                 *       "packId": "starter",
                 *       "maxDayUsd": "100.00",
                 *       "maxMonthUsd": "500.00",
                 *       "maxDayCount": 3
                 *     }
                 */
                "application/json": components["schemas"]["SetAutoRefillRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "enabled": true,
                     *       "state": "off",
                     *       "thresholdUsd": "10.50",
                     *       "packId": "starter",
                     *       "targetUsd": "10.50",
                     *       "maxDayUsd": "10.50",
                     *       "maxMonthUsd": "10.50",
                     *       "maxDayCount": 1,
                     *       "stopped": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "reason": "repeated_failures"
                     *       },
                     *       "nextAttemptAt": "2026-01-31T12:00:00.000Z",
                     *       "openOrderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "consent": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "by": "user:ada",
                     *         "thresholdUsd": "10.50",
                     *         "packId": "starter",
                     *         "targetUsd": "10.50",
                     *         "maxDayUsd": "10.50",
                     *         "maxMonthUsd": "10.50",
                     *         "maxDayCount": 1,
                     *         "textVersion": "2026-11"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AutoRefill"];
                };
            };
        };
    };
    listOwnKeys: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "id": "0aB3dE7z",
                     *           "kind": "org",
                     *           "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "name": "Chat service",
                     *           "scopes": [
                     *             "treasury:read"
                     *           ],
                     *           "state": "active",
                     *           "allowedIps": [],
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "expiresAt": "2026-01-31T12:00:00.000Z",
                     *           "revokedAt": "2026-01-31T12:00:00.000Z",
                     *           "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *           "replacedBy": "1bC4eF8a",
                     *           "mintLimitUsd": "10.50",
                     *           "madeBy": []
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListOwnKeysReply"];
                };
            };
        };
    };
    createOwnKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Chat service",
                 *       "scopes": [
                 *         "treasury:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateOwnKeyRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0aB3dE7z",
                     *       "kind": "org",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "name": "Chat service",
                     *       "scopes": [
                     *         "treasury:read"
                     *       ],
                     *       "state": "active",
                     *       "allowedIps": [],
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "revokedAt": "2026-01-31T12:00:00.000Z",
                     *       "lastUsedAt": "2026-01-31T12:00:00.000Z",
                     *       "replacedBy": "1bC4eF8a",
                     *       "mintLimitUsd": "10.50",
                     *       "madeBy": [],
                     *       "key": "ck_live_0aB3dE7z_secret"
                     *     }
                     */
                    "application/json": components["schemas"]["NewKey"];
                };
            };
        };
    };
    revokeOwnKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the key. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "members": [
                     *         {
                     *           "user": "ada",
                     *           "role": "owner",
                     *           "firstSeenAt": "2026-01-31T12:00:00.000Z",
                     *           "lastSeenAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListMembersReply"];
                };
            };
        };
    };
    createSenderChallenge: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "purpose": "register",
                 *       "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
                 *     }
                 */
                "application/json": components["schemas"]["CreateSenderChallengeRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chain": "eip155:8453",
                     *       "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *       "purpose": "register",
                     *       "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *       "message": "coffer.example wants you to sign in with your Ethereum account:\n0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *       "issuedAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SenderChallenge"];
                };
            };
        };
    };
    getDepositAddresses: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *       "chain": "eip155:8453",
                     *       "wallets": [
                     *         {
                     *           "chain": "eip155:8453",
                     *           "created": true,
                     *           "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "deployed": true,
                     *           "balances": [
                     *             {
                     *               "symbol": "USDC",
                     *               "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *               "balanceUsd": "10.50"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GetDepositAddressesReply"];
                };
            };
        };
    };
    createDepositAddresses: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CreateDepositAddressesRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *       "chain": "eip155:8453",
                     *       "wallets": [
                     *         {
                     *           "family": "eip155",
                     *           "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *           "chains": [],
                     *           "createdAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CreateDepositAddressesReply"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "endpoints": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "url": "https://shop.example/hooks",
                     *           "description": "Chat of the support desk",
                     *           "types": [
                     *             "entry.created"
                     *           ],
                     *           "enabled": true,
                     *           "disabledAt": "2026-01-31T12:00:00.000Z",
                     *           "disabledReason": "failing",
                     *           "failingSince": "2026-01-31T12:00:00.000Z",
                     *           "previousSecretExpiresAt": "2026-01-31T12:00:00.000Z",
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "updatedAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListWebhookEndpointsReply"];
                };
            };
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://shop.example/hooks"
                 *     }
                 */
                "application/json": components["schemas"]["CreateWebhookEndpointRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "url": "https://shop.example/hooks",
                     *       "description": "Chat of the support desk",
                     *       "types": [
                     *         "entry.created"
                     *       ],
                     *       "enabled": true,
                     *       "disabledAt": "2026-01-31T12:00:00.000Z",
                     *       "disabledReason": "failing",
                     *       "failingSince": "2026-01-31T12:00:00.000Z",
                     *       "previousSecretExpiresAt": "2026-01-31T12:00:00.000Z",
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "updatedAt": "2026-01-31T12:00:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; the answer has no body. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateWebhookEndpointRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "url": "https://shop.example/hooks",
                     *       "description": "Chat of the support desk",
                     *       "types": [
                     *         "entry.created"
                     *       ],
                     *       "enabled": true,
                     *       "disabledAt": "2026-01-31T12:00:00.000Z",
                     *       "disabledReason": "failing",
                     *       "failingSince": "2026-01-31T12:00:00.000Z",
                     *       "previousSecretExpiresAt": "2026-01-31T12:00:00.000Z",
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "updatedAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
        };
    };
    sendTestEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SendTestEventRequest"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "eventId": "evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21"
                     *     }
                     */
                    "application/json": components["schemas"]["SendTestEventAccepted"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RotateWebhookSecretRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "url": "https://shop.example/hooks",
                     *       "description": "Chat of the support desk",
                     *       "types": [
                     *         "entry.created"
                     *       ],
                     *       "enabled": true,
                     *       "disabledAt": "2026-01-31T12:00:00.000Z",
                     *       "disabledReason": "failing",
                     *       "failingSince": "2026-01-31T12:00:00.000Z",
                     *       "previousSecretExpiresAt": "2026-01-31T12:00:00.000Z",
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "updatedAt": "2026-01-31T12:00:00.000Z",
                     *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Only deliveries in this state. */
                state?: "pending" | "delivered" | "failed";
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveries": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "eventId": "evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "type": "entry.created",
                     *           "eventCursor": "0000000000000042",
                     *           "state": "pending",
                     *           "redeliveryOf": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "nextAttemptAt": "2026-01-31T12:00:00.000Z",
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "finishedAt": "2026-01-31T12:00:00.000Z",
                     *           "attempts": [
                     *             {
                     *               "at": "2026-01-31T12:00:00.000Z",
                     *               "durationMs": 1,
                     *               "statusCode": 1,
                     *               "error": "the connection was refused",
                     *               "responseStart": "ok"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListWebhookDeliveriesReply"];
                };
            };
        };
    };
    redeliverEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The org that the call is about. A key that is bound to one org implies it; all other callers name it. */
                "Coffer-Org"?: string;
            };
            path: {
                /** @description The id of the webhook endpoint. */
                id: string;
                /** @description The delivery. */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RedeliverEventRequest"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "eventId": "evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "type": "entry.created",
                     *       "eventCursor": "0000000000000042",
                     *       "state": "pending",
                     *       "redeliveryOf": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "nextAttemptAt": "2026-01-31T12:00:00.000Z",
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "finishedAt": "2026-01-31T12:00:00.000Z",
                     *       "attempts": [
                     *         {
                     *           "at": "2026-01-31T12:00:00.000Z",
                     *           "durationMs": 1,
                     *           "statusCode": 1,
                     *           "error": "the connection was refused",
                     *           "responseStart": "ok"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
        };
    };
    getOrgBilling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "org_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "mode": "live",
                     *       "has_stripe_key": true,
                     *       "stripe_key_last4": "4242",
                     *       "has_webhook_secret": true,
                     *       "webhook_secret_last4": "f3Qa",
                     *       "webhook_url": "https://shop.example/",
                     *       "missing_permissions": [],
                     *       "free_tier_amount": 1,
                     *       "has_payment_method": true,
                     *       "auto_refill_enabled": true,
                     *       "auto_refill_state": "off",
                     *       "auto_refill_threshold": 1,
                     *       "auto_refill_product_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "auto_refill_target_micros": 1,
                     *       "auto_refill_max_day_cents": 1,
                     *       "auto_refill_max_month_cents": 1,
                     *       "auto_refill_max_day_count": 1,
                     *       "auto_refill_stopped": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "reason": "repeated_failures"
                     *       },
                     *       "auto_refill_consent": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "by": "user:ada",
                     *         "text_version": "2026-11",
                     *         "auto_refill_threshold": 1,
                     *         "auto_refill_product_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "auto_refill_target_micros": 1,
                     *         "auto_refill_max_day_cents": 1,
                     *         "auto_refill_max_month_cents": 1,
                     *         "auto_refill_max_day_count": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OrgBilling"];
                };
            };
        };
    };
    updateOrgBilling: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "auto_refill_enabled": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateOrgBillingRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "org_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "mode": "live",
                     *       "has_stripe_key": true,
                     *       "stripe_key_last4": "4242",
                     *       "has_webhook_secret": true,
                     *       "webhook_secret_last4": "f3Qa",
                     *       "webhook_url": "https://shop.example/",
                     *       "missing_permissions": [],
                     *       "free_tier_amount": 1,
                     *       "has_payment_method": true,
                     *       "auto_refill_enabled": true,
                     *       "auto_refill_state": "off",
                     *       "auto_refill_threshold": 1,
                     *       "auto_refill_product_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "auto_refill_target_micros": 1,
                     *       "auto_refill_max_day_cents": 1,
                     *       "auto_refill_max_month_cents": 1,
                     *       "auto_refill_max_day_count": 1,
                     *       "auto_refill_stopped": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "reason": "repeated_failures"
                     *       },
                     *       "auto_refill_consent": {
                     *         "at": "2026-01-31T12:00:00.000Z",
                     *         "by": "user:ada",
                     *         "text_version": "2026-11",
                     *         "auto_refill_threshold": 1,
                     *         "auto_refill_product_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "auto_refill_target_micros": 1,
                     *         "auto_refill_max_day_cents": 1,
                     *         "auto_refill_max_month_cents": 1,
                     *         "auto_refill_max_day_count": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OrgBilling"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "user": "user-17",
                     *       "state": "pending",
                     *       "what": "Grant of 150.00 USD",
                     *       "booking": {
                     *         "type": "DEPOSIT",
                     *         "amountUsd": "10.50",
                     *         "reason": "agreed with the customer",
                     *         "serviceType": "AI_API",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "restrictedTo": {
                     *           "services": [],
                     *           "actions": []
                     *         },
                     *         "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "reference": "chat-8812",
                     *         "metadata": {}
                     *       },
                     *       "change": {
                     *         "kind": "price",
                     *         "countsUsd": "10.50"
                     *       },
                     *       "requestedBy": "key:0aB3dE7z",
                     *       "requestedAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "decidedBy": "user:ada",
                     *       "decidedAt": "2026-01-31T12:00:00.000Z",
                     *       "decisionReason": "checked",
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "refusal": "CREDIT_INSUFFICIENT",
                     *       "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *       "idempotencyKey": "order-8812-charge"
                     *     }
                     */
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description `true`: those that are no longer sold too. */
                include_inactive?: "true" | "false";
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "products": [
                     *         {
                     *           "product_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "name": "Credits for 10 dollars",
                     *           "billing_model": "one_time",
                     *           "price_cents": 1,
                     *           "amount_micros": 1,
                     *           "currency": "usd",
                     *           "active": true,
                     *           "mode": "live",
                     *           "stripe_product_id": "prod_1",
                     *           "stripe_price_id": "price_1",
                     *           "created_at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListProductsReply"];
                };
            };
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Credits for 10 dollars",
                 *       "price_cents": 1,
                 *       "amount_micros": 1
                 *     }
                 */
                "application/json": components["schemas"]["CreateProductRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "product_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "name": "Credits for 10 dollars",
                     *       "billing_model": "one_time",
                     *       "price_cents": 1,
                     *       "amount_micros": 1,
                     *       "currency": "usd",
                     *       "active": true,
                     *       "mode": "live",
                     *       "stripe_product_id": "prod_1",
                     *       "stripe_price_id": "price_1",
                     *       "created_at": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    updateProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
                /** @description The id of the product. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "active": false
                 *     }
                 */
                "application/json": components["schemas"]["UpdateProductRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "product_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "name": "Credits for 10 dollars",
                     *       "billing_model": "one_time",
                     *       "price_cents": 1,
                     *       "amount_micros": 1,
                     *       "currency": "usd",
                     *       "active": true,
                     *       "mode": "live",
                     *       "stripe_product_id": "prod_1",
                     *       "stripe_price_id": "price_1",
                     *       "created_at": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
        };
    };
    createProductCheckout: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                 *       "success_url": "https://shop.example/paid",
                 *       "cancel_url": "https://shop.example/cart"
                 *     }
                 */
                "application/json": components["schemas"]["CreateProductCheckoutRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checkout_url": "https://checkout.example/c/cs_1",
                     *       "session_id": "cs_test_a1",
                     *       "order_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21"
                     *     }
                     */
                    "application/json": components["schemas"]["CreateProductCheckoutReply"];
                };
            };
        };
    };
    verifyProductCheckout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the org, or its external id. */
                org: string;
                /** @description The session. */
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["VerifyProductCheckoutRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "session_id": "cs_test_a1",
                     *       "order_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "state": "created",
                     *       "credited": true,
                     *       "wallet_balance": 1,
                     *       "wallet_balance_usd": "$10.00"
                     *     }
                     */
                    "application/json": components["schemas"]["VerifyProductCheckoutReply"];
                };
            };
        };
    };
    getCreditsBalance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "balance": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["GetCreditsBalanceReply"];
                };
            };
        };
    };
    listCreditsTransactions: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description How many rows are passed over; a cursor costs less. */
                offset?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": [
                     *         {
                     *           "id": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "type": "ai_usage",
                     *           "amount": 1,
                     *           "description": "Chat of the support desk",
                     *           "created_at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListCreditsTransactionsReply"];
                };
            };
        };
    };
    redeemCoupon: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "WELCOME-2026"
                 *     }
                 */
                "application/json": components["schemas"]["RedeemCouponRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "credits": 1,
                     *         "balance": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RedeemCouponReply"];
                };
            };
        };
    };
    checkIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CheckInRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "credits": 1,
                     *         "balance": 1,
                     *         "streak": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CheckInReply"];
                };
            };
        };
    };
    createPaymentSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "channel": "stripe",
                 *       "type": "topup",
                 *       "credits": 1000,
                 *       "success_url": "https://shop.example/paid",
                 *       "cancel_url": "https://shop.example/cart"
                 *     }
                 */
                "application/json": components["schemas"]["CreatePaymentSessionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "url": "https://checkout.example/c/cs_1",
                     *         "session_id": "cs_test_a1",
                     *         "order_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreatePaymentSessionReply"];
                };
            };
        };
    };
    listOfferedPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "name": "Pro",
                     *           "description": "For teams",
                     *           "price_monthly": 1,
                     *           "price_yearly": 1,
                     *           "credits_included": 1,
                     *           "features": [],
                     *           "kind": "subscription"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListOfferedPlansReply"];
                };
            };
        };
    };
    getSubscription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "sub_1",
                     *         "channel": "stripe",
                     *         "state": "incomplete",
                     *         "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "interval": "month",
                     *         "period_start": "2026-01-31T12:00:00.000Z",
                     *         "period_end": "2026-01-31T12:00:00.000Z",
                     *         "next": {
                     *           "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "interval": "month"
                     *         },
                     *         "created_at": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["GetSubscriptionReply"];
                };
            };
        };
    };
    changeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeSubscriptionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "sub_1",
                     *         "channel": "stripe",
                     *         "state": "incomplete",
                     *         "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "interval": "month",
                     *         "period_start": "2026-01-31T12:00:00.000Z",
                     *         "period_end": "2026-01-31T12:00:00.000Z",
                     *         "next": {
                     *           "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "interval": "month"
                     *         },
                     *         "created_at": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ChangeSubscriptionReply"];
                };
            };
        };
    };
    cancelSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["CancelSubscriptionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "sub_1",
                     *         "channel": "stripe",
                     *         "state": "incomplete",
                     *         "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "interval": "month",
                     *         "period_start": "2026-01-31T12:00:00.000Z",
                     *         "period_end": "2026-01-31T12:00:00.000Z",
                     *         "next": {
                     *           "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "interval": "month"
                     *         },
                     *         "created_at": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CancelSubscriptionReply"];
                };
            };
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ResumeSubscriptionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "sub_1",
                     *         "channel": "stripe",
                     *         "state": "incomplete",
                     *         "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "interval": "month",
                     *         "period_start": "2026-01-31T12:00:00.000Z",
                     *         "period_end": "2026-01-31T12:00:00.000Z",
                     *         "next": {
                     *           "plan_id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "interval": "month"
                     *         },
                     *         "created_at": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ResumeSubscriptionReply"];
                };
            };
        };
    };
    openSubscriptionPortal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "return_url": "https://shop.example/account"
                 *     }
                 */
                "application/json": components["schemas"]["OpenSubscriptionPortalRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "url": "https://billing.example/p/session"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["OpenSubscriptionPortalReply"];
                };
            };
        };
    };
    listOrgs: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orgs": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "name": "Acme",
                     *           "externalId": "acme-1",
                     *           "metadata": {},
                     *           "walletId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "suspendedAt": "2026-01-31T12:00:00.000Z",
                     *           "suspendedReason": "under investigation",
                     *           "closedAt": "2026-01-31T12:00:00.000Z",
                     *           "closedReason": "the contract ended",
                     *           "provisionalLimitUsd": "10.50",
                     *           "orgBilling": {
                     *             "trusted": true
                     *           },
                     *           "internal": true,
                     *           "createdAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListOrgsReply"];
                };
            };
        };
    };
    getOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The org. */
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "name": "Acme",
                     *       "externalId": "acme-1",
                     *       "metadata": {},
                     *       "walletId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "suspendedAt": "2026-01-31T12:00:00.000Z",
                     *       "suspendedReason": "under investigation",
                     *       "closedAt": "2026-01-31T12:00:00.000Z",
                     *       "closedReason": "the contract ended",
                     *       "provisionalLimitUsd": "10.50",
                     *       "orgBilling": {
                     *         "trusted": true
                     *       },
                     *       "internal": true,
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "availableUsd": "10.50",
                     *       "heldUsd": "10.50",
                     *       "suspensions": [
                     *         {
                     *           "begins": true,
                     *           "reason": "agreed with the customer",
                     *           "actor": "key:0aB3dE7z",
                     *           "at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OrgDetail"];
                };
            };
        };
    };
    updateOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The org. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "suspended": true,
                 *       "reason": "under investigation"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateOrgRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "name": "Acme",
                     *       "externalId": "acme-1",
                     *       "metadata": {},
                     *       "walletId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "suspendedAt": "2026-01-31T12:00:00.000Z",
                     *       "suspendedReason": "under investigation",
                     *       "closedAt": "2026-01-31T12:00:00.000Z",
                     *       "closedReason": "the contract ended",
                     *       "provisionalLimitUsd": "10.50",
                     *       "orgBilling": {
                     *         "trusted": true
                     *       },
                     *       "internal": true,
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Org"];
                };
            };
        };
    };
    searchAll: {
        parameters: {
            query: {
                /** @description An id, a hash or an address, an id of a payment provider, a name of an org or a user, or the beginning of one. */
                q: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "kind": "org",
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "title": "Acme",
                     *           "orgId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "orgName": "Acme",
                     *           "at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "more": [
                     *         "org"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SearchAllReply"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asOf": "2026-01-31T12:00:00.000Z",
                     *       "jobs": [
                     *         {
                     *           "job": "chain",
                     *           "about": "eip155:8453",
                     *           "role": "api",
                     *           "process": "api-1",
                     *           "state": "ok",
                     *           "startedAt": "2026-01-31T12:00:00.000Z",
                     *           "endedAt": "2026-01-31T12:00:00.000Z",
                     *           "durationMs": 1,
                     *           "nextAt": "2026-01-31T12:00:00.000Z",
                     *           "failedAt": "2026-01-31T12:00:00.000Z",
                     *           "problem": "the node does not answer",
                     *           "failures": 1,
                     *           "notedAt": "2026-01-31T12:00:00.000Z",
                     *           "waiting": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListJobsReply"];
                };
            };
        };
    };
    createEntry: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
                /** @description Answers what the call would answer, marked `dryRun`, without the ids of what is not written. */
                "Coffer-Dry-Run"?: "true";
            };
            path: {
                /** @description The org. */
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "GRANT",
                 *       "amountUsd": "25.00",
                 *       "reason": "welcome"
                 *     }
                 */
                "application/json": components["schemas"]["CreateEntryRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "type": "DEPOSIT",
                     *       "amountUsd": "10.50",
                     *       "reason": "agreed with the customer",
                     *       "reference": "chat-8812",
                     *       "metadata": {},
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "availableUsd": "10.50",
                     *       "heldUsd": "10.50",
                     *       "entries": [
                     *         {
                     *           "id": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "commandId": "cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "type": "AI_API_CALL",
                     *           "serviceType": "AI_API",
                     *           "amountUsd": "-0.35",
                     *           "availableDeltaUsd": "-0.35",
                     *           "heldDeltaUsd": "0.00",
                     *           "availableAfterUsd": "99.65",
                     *           "heldAfterUsd": "0.00",
                     *           "giftCardsDelta": 0,
                     *           "giftCardsAvailableAfter": 0,
                     *           "giftCardsHeldAfter": 0,
                     *           "idempotencyKey": "chat-8812",
                     *           "lotId": "lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_1",
                     *           "lotLeftUsd": "99.65",
                     *           "restrictedTo": null,
                     *           "refundOf": null,
                     *           "holdId": null,
                     *           "parentHoldId": null,
                     *           "depositId": null,
                     *           "orderId": null,
                     *           "txHash": null,
                     *           "chain": null,
                     *           "action": null,
                     *           "quantity": null,
                     *           "price": null,
                     *           "reference": "chat-8812",
                     *           "description": null,
                     *           "appId": null,
                     *           "userId": "user-17",
                     *           "teamId": null,
                     *           "metadata": null,
                     *           "createdAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "idempotencyKey": "order-8812-charge"
                     *     }
                     */
                    "application/json": components["schemas"]["CreateEntryReply"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "user": "user-17",
                     *       "state": "pending",
                     *       "what": "Grant of 150.00 USD",
                     *       "booking": {
                     *         "type": "DEPOSIT",
                     *         "amountUsd": "10.50",
                     *         "reason": "agreed with the customer",
                     *         "serviceType": "AI_API",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "restrictedTo": {
                     *           "services": [],
                     *           "actions": []
                     *         },
                     *         "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "reference": "chat-8812",
                     *         "metadata": {}
                     *       },
                     *       "change": {
                     *         "kind": "price",
                     *         "countsUsd": "10.50"
                     *       },
                     *       "requestedBy": "key:0aB3dE7z",
                     *       "requestedAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "decidedBy": "user:ada",
                     *       "decidedAt": "2026-01-31T12:00:00.000Z",
                     *       "decisionReason": "checked",
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "refusal": "CREDIT_INSUFFICIENT",
                     *       "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *       "idempotencyKey": "order-8812-charge"
                     *     }
                     */
                    "application/json": components["schemas"]["CreateEntryAccepted"];
                };
            };
        };
    };
    getAnyDeposit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the deposit. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "state": "observed",
                     *       "reason": "unknown_sender",
                     *       "amountUsd": "10.50",
                     *       "amountUnits": "10000000",
                     *       "chain": "eip155:8453",
                     *       "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *       "symbol": "USDC",
                     *       "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *       "ordinal": 1,
                     *       "fromAddress": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *       "toAddress": "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                     *       "blockNumber": 1,
                     *       "blockHash": "0x1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f",
                     *       "blockTime": "2026-01-31T12:00:00.000Z",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "setAside": true,
                     *       "assignment": {
                     *         "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "by": "claim",
                     *         "actor": "key:0aB3dE7z",
                     *         "reason": "unknown_sender",
                     *         "at": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "revision": 1,
                     *       "observedAt": "2026-01-31T12:00:00.000Z",
                     *       "creditedAt": "2026-01-31T12:00:00.000Z",
                     *       "updatedAt": "2026-01-31T12:00:00.000Z",
                     *       "acts": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "action": "assign",
                     *           "actor": "key:0aB3dE7z",
                     *           "words": "agreed with the customer",
                     *           "before": {},
                     *           "after": {},
                     *           "at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "observations": [
                     *         {
                     *           "blockNumber": 1,
                     *           "blockHash": "0x5fb1f3a5a9c6fd0a0d8a8e8f3f2a9c1a4d8b6c3e2f1a0b9c8d7e6f5a4b3c2d1e",
                     *           "amountUnits": "10500000",
                     *           "observedAt": "2026-01-31T12:00:00.000Z",
                     *           "orphanedAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "votes": [
                     *         {
                     *           "rpc": "rpc.example",
                     *           "vote": "log_seen",
                     *           "detail": "the log is in the block",
                     *           "at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TracedDeposit"];
                };
            };
        };
    };
    noteDeposit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the deposit. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "note": "sign the challenge to prove that you own the address"
                 *     }
                 */
                "application/json": components["schemas"]["NoteDepositRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "state": "observed",
                     *       "reason": "unknown_sender",
                     *       "amountUsd": "10.50",
                     *       "amountUnits": "10000000",
                     *       "chain": "eip155:8453",
                     *       "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *       "symbol": "USDC",
                     *       "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *       "ordinal": 1,
                     *       "fromAddress": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *       "toAddress": "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                     *       "blockNumber": 1,
                     *       "blockHash": "0x1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f",
                     *       "blockTime": "2026-01-31T12:00:00.000Z",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "setAside": true,
                     *       "assignment": {
                     *         "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "by": "claim",
                     *         "actor": "key:0aB3dE7z",
                     *         "reason": "unknown_sender",
                     *         "at": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "revision": 1,
                     *       "observedAt": "2026-01-31T12:00:00.000Z",
                     *       "creditedAt": "2026-01-31T12:00:00.000Z",
                     *       "updatedAt": "2026-01-31T12:00:00.000Z",
                     *       "acts": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "action": "assign",
                     *           "actor": "key:0aB3dE7z",
                     *           "words": "agreed with the customer",
                     *           "before": {},
                     *           "after": {},
                     *           "at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InboxDeposit"];
                };
            };
        };
    };
    listAllOrders: {
        parameters: {
            query?: {
                /** @description Only orders in this state. */
                state?: "created" | "awaiting_payment" | "processing" | "paid" | "credited" | "parked" | "failed" | "expired" | "cancelled";
                metadata?: {
                    [key: string]: string;
                };
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
                /** @description Only orders of this org. */
                org?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orders": [
                     *         {
                     *           "orgId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "userId": "user-17",
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "state": "created",
                     *           "reason": "amount_differs",
                     *           "channel": "chain",
                     *           "packId": "starter",
                     *           "productId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "amountUsd": "10.50",
                     *           "priceCents": 1,
                     *           "creditUsd": "10.50",
                     *           "giftCards": 1,
                     *           "refundedCents": 1,
                     *           "takenBackUsd": "10.50",
                     *           "dispute": {
                     *             "status": "needs_response",
                     *             "dueBy": "2026-01-31T12:00:00.000Z"
                     *           },
                     *           "receiptUrl": "https://pay.example/receipts/1",
                     *           "poNumber": "PO-2026-118",
                     *           "metadata": {},
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "expiresAt": "2026-01-31T12:00:00.000Z",
                     *           "timeline": [
                     *             {
                     *               "at": "2026-01-31T12:00:00.000Z",
                     *               "what": "paid",
                     *               "source": "api"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListAllOrdersReply"];
                };
            };
        };
    };
    getAnyOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the order. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orgId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "userId": "user-17",
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "state": "created",
                     *       "reason": "amount_differs",
                     *       "channel": "chain",
                     *       "packId": "starter",
                     *       "productId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "amountUsd": "10.50",
                     *       "priceCents": 1,
                     *       "creditUsd": "10.50",
                     *       "giftCards": 1,
                     *       "refundedCents": 1,
                     *       "takenBackUsd": "10.50",
                     *       "dispute": {
                     *         "status": "needs_response",
                     *         "dueBy": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "receiptUrl": "https://pay.example/receipts/1",
                     *       "poNumber": "PO-2026-118",
                     *       "metadata": {},
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "timeline": [
                     *         {
                     *           "at": "2026-01-31T12:00:00.000Z",
                     *           "what": "paid",
                     *           "source": "api"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AnyOrder"];
                };
            };
        };
    };
    refundOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the order. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RefundOrderRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orgId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "userId": "user-17",
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "state": "created",
                     *       "reason": "amount_differs",
                     *       "channel": "chain",
                     *       "packId": "starter",
                     *       "productId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "amountUsd": "10.50",
                     *       "priceCents": 1,
                     *       "creditUsd": "10.50",
                     *       "giftCards": 1,
                     *       "refundedCents": 1,
                     *       "takenBackUsd": "10.50",
                     *       "dispute": {
                     *         "status": "needs_response",
                     *         "dueBy": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "receiptUrl": "https://pay.example/receipts/1",
                     *       "poNumber": "PO-2026-118",
                     *       "metadata": {},
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "timeline": [
                     *         {
                     *           "at": "2026-01-31T12:00:00.000Z",
                     *           "what": "paid",
                     *           "source": "api"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AnyOrder"];
                };
            };
        };
    };
    listDisputes: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "disputes": [
                     *         {
                     *           "id": "dp_1",
                     *           "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "account": "stripe",
                     *           "status": "needs_response",
                     *           "reason": "fraudulent",
                     *           "currency": "usd",
                     *           "amountCents": 1,
                     *           "withdrawnCents": 1,
                     *           "dueBy": "2026-01-31T12:00:00.000Z",
                     *           "openedAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListDisputesReply"];
                };
            };
        };
    };
    getDisputeEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the dispute. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "disputeId": "dp_1",
                     *       "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "text": "The order was paid by card.",
                     *       "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "madeAt": "2026-01-31T12:00:00.000Z",
                     *       "submittedAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DisputeEvidence"];
                };
            };
        };
    };
    submitDisputeEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the dispute. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SubmitDisputeEvidenceRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "disputeId": "dp_1",
                     *       "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "text": "The order was paid by card.",
                     *       "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *       "madeAt": "2026-01-31T12:00:00.000Z",
                     *       "submittedAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DisputeEvidence"];
                };
            };
        };
    };
    acceptDispute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the dispute. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["AcceptDisputeRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dp_1",
                     *       "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "account": "stripe",
                     *       "status": "needs_response",
                     *       "reason": "fraudulent",
                     *       "currency": "usd",
                     *       "amountCents": 1,
                     *       "withdrawnCents": 1,
                     *       "dueBy": "2026-01-31T12:00:00.000Z",
                     *       "openedAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Dispute"];
                };
            };
        };
    };
    listPaymentInbox: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
                /** @description Whether it is settled. */
                state?: "pending" | "waiting" | "settled" | "parked" | "foreign";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "inbox": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "account": "stripe",
                     *           "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "mode": "live",
                     *           "kind": "checkout",
                     *           "object": "pi_1",
                     *           "state": "pending",
                     *           "reason": "no_order",
                     *           "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "attempts": 1,
                     *           "nextAttemptAt": "2026-01-31T12:00:00.000Z",
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "updatedAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListPaymentInboxReply"];
                };
            };
        };
    };
    replayPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the inbox. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ReplayPaymentRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "account": "stripe",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "mode": "live",
                     *       "kind": "checkout",
                     *       "object": "pi_1",
                     *       "state": "pending",
                     *       "reason": "no_order",
                     *       "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "attempts": 1,
                     *       "nextAttemptAt": "2026-01-31T12:00:00.000Z",
                     *       "createdAt": "2026-01-31T12:00:00.000Z",
                     *       "updatedAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentInboxItem"];
                };
            };
        };
    };
    explainPayment: {
        parameters: {
            query: {
                /** @description The id. */
                id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "inbox": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "account": "stripe",
                     *           "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "mode": "live",
                     *           "kind": "checkout",
                     *           "object": "pi_1",
                     *           "state": "pending",
                     *           "reason": "no_order",
                     *           "orderId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "attempts": 1,
                     *           "nextAttemptAt": "2026-01-31T12:00:00.000Z",
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "updatedAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "id": "evt_1",
                     *           "account": "stripe",
                     *           "type": "payment_intent.succeeded",
                     *           "object": "pi_1",
                     *           "apiVersion": "2026-10-01",
                     *           "source": "webhook",
                     *           "createdAt": "2026-01-31T12:00:00.000Z",
                     *           "receivedAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ExplainPaymentReply"];
                };
            };
        };
    };
    getJournal: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                limit?: number;
                cursor?: string;
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-01-31T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "timeZone": "Europe/Berlin",
                     *       "open": true,
                     *       "asOf": "2026-01-31T12:00:00.000Z",
                     *       "lines": [
                     *         {
                     *           "date": "2026-01-31T12:00:00.000Z",
                     *           "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "orgId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "debitAccount": "liability:customers",
                     *           "creditAccount": "revenue:ai_api",
                     *           "amountUsd": "10.50",
                     *           "type": "DEPOSIT",
                     *           "serviceType": "AI_API",
                     *           "reference": "chat-8812"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["GetJournalReply"];
                    "text/csv": string;
                };
            };
        };
    };
    getTrialBalance: {
        parameters: {
            query?: {
                at?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2026-01-31T12:00:00.000Z",
                     *       "open": true,
                     *       "asOf": "2026-01-31T12:00:00.000Z",
                     *       "accounts": [
                     *         {
                     *           "account": "liability:customers",
                     *           "debitUsd": "10.50",
                     *           "creditUsd": "10.50"
                     *         }
                     *       ],
                     *       "debitUsd": "10.50",
                     *       "creditUsd": "10.50",
                     *       "differenceUsd": "10.50"
                     *     }
                     */
                    "application/json": components["schemas"]["GetTrialBalanceReply"];
                    "text/csv": string;
                };
            };
        };
    };
    getRevenue: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-01-31T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "timeZone": "Europe/Berlin",
                     *       "open": true,
                     *       "asOf": "2026-01-31T12:00:00.000Z",
                     *       "revenue": [
                     *         {
                     *           "month": "2026-01",
                     *           "serviceType": "AI_API",
                     *           "paidUsd": "10.50",
                     *           "promotionalUsd": "10.50",
                     *           "freeGiftCardsUsd": "10.50",
                     *           "refundedUsd": "10.50",
                     *           "revenueUsd": "10.50"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GetRevenueReply"];
                    "text/csv": string;
                };
            };
        };
    };
    getLiability: {
        parameters: {
            query?: {
                at?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2026-01-31T12:00:00.000Z",
                     *       "open": true,
                     *       "asOf": "2026-01-31T12:00:00.000Z",
                     *       "ages": [
                     *         {
                     *           "source": "deposit",
                     *           "kind": "paid",
                     *           "fromDays": 1,
                     *           "toDays": 1,
                     *           "amountUsd": "10.50"
                     *         }
                     *       ],
                     *       "paidUsd": "10.50",
                     *       "promotionalUsd": "10.50",
                     *       "debtUsd": "10.50"
                     *     }
                     */
                    "application/json": components["schemas"]["GetLiabilityReply"];
                    "text/csv": string;
                };
            };
        };
    };
    getBreakage: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-01-31T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "timeZone": "Europe/Berlin",
                     *       "open": true,
                     *       "asOf": "2026-01-31T12:00:00.000Z",
                     *       "breakage": [
                     *         {
                     *           "month": "2026-01",
                     *           "lots": 1,
                     *           "paidUsd": "10.50",
                     *           "promotionalUsd": "10.50"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GetBreakageReply"];
                    "text/csv": string;
                };
            };
        };
    };
    getDeferredRevenue: {
        parameters: {
            query?: {
                month?: string;
                from?: string;
                to?: string;
                timeZone?: string;
                format?: "json" | "csv";
                bom?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-01-31T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "timeZone": "Europe/Berlin",
                     *       "open": true,
                     *       "asOf": "2026-01-31T12:00:00.000Z",
                     *       "lines": [
                     *         {
                     *           "line": "opening",
                     *           "paidUsd": "10.50",
                     *           "promotionalUsd": "10.50",
                     *           "debtUsd": "10.50",
                     *           "totalUsd": "10.50"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GetDeferredRevenueReply"];
                    "text/csv": string;
                };
            };
        };
    };
    releaseRail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The rail. */
                rail: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ReleaseRailRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "rail": "clearing:stripe",
                     *       "released": {
                     *         "reason": "agreed with the customer",
                     *         "frozenBy": "user:ada",
                     *         "frozenAt": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ReleaseRailReply"];
                };
            };
        };
    };
    freezeChain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The chain. */
                chain: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "under investigation"
                 *     }
                 */
                "application/json": components["schemas"]["FreezeChainRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chain": "eip155:8453",
                     *       "frozen": true,
                     *       "changed": true
                     *     }
                     */
                    "application/json": components["schemas"]["FreezeChainReply"];
                };
            };
        };
    };
    releaseChain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The chain. */
                chain: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ReleaseChainRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chain": "eip155:8453",
                     *       "released": [
                     *         {
                     *           "kind": "by_hand",
                     *           "reason": "under investigation",
                     *           "frozenBy": "user:ada",
                     *           "frozenAt": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ReleaseChainReply"];
                };
            };
        };
    };
    listPrices: {
        parameters: {
            query?: {
                /** @description Only prices of this org. */
                org?: string;
                /** @description Only prices of this action. */
                action?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "prices": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "action": "chat",
                     *           "unit": "token",
                     *           "tiers": [
                     *             {
                     *               "upTo": "1000000",
                     *               "rateUsd": "0.00002"
                     *             }
                     *           ],
                     *           "from": "2026-01-31T12:00:00.000Z",
                     *           "to": "2026-01-31T12:00:00.000Z",
                     *           "addedAt": "2026-01-31T12:00:00.000Z",
                     *           "addedBy": "key:0aB3dE7z"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListPricesReply"];
                };
            };
        };
    };
    createPrice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "action": "chat",
                 *       "unit": "token",
                 *       "rateUsd": "0.00002"
                 *     }
                 */
                "application/json": components["schemas"]["CreatePriceRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "action": "chat",
                     *       "unit": "token",
                     *       "tiers": [
                     *         {
                     *           "upTo": "1000000",
                     *           "rateUsd": "0.00002"
                     *         }
                     *       ],
                     *       "from": "2026-01-31T12:00:00.000Z",
                     *       "to": "2026-01-31T12:00:00.000Z",
                     *       "addedAt": "2026-01-31T12:00:00.000Z",
                     *       "addedBy": "key:0aB3dE7z"
                     *     }
                     */
                    "application/json": components["schemas"]["Price"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "user": "user-17",
                     *       "state": "pending",
                     *       "what": "Grant of 150.00 USD",
                     *       "booking": {
                     *         "type": "DEPOSIT",
                     *         "amountUsd": "10.50",
                     *         "reason": "agreed with the customer",
                     *         "serviceType": "AI_API",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "restrictedTo": {
                     *           "services": [],
                     *           "actions": []
                     *         },
                     *         "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "reference": "chat-8812",
                     *         "metadata": {}
                     *       },
                     *       "change": {
                     *         "kind": "price",
                     *         "countsUsd": "10.50"
                     *       },
                     *       "requestedBy": "key:0aB3dE7z",
                     *       "requestedAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "decidedBy": "user:ada",
                     *       "decidedAt": "2026-01-31T12:00:00.000Z",
                     *       "decisionReason": "checked",
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "refusal": "CREDIT_INSUFFICIENT",
                     *       "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *       "idempotencyKey": "order-8812-charge"
                     *     }
                     */
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    listPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "name": "Pro",
                     *           "description": "For teams",
                     *           "price_monthly": 1,
                     *           "price_yearly": 1,
                     *           "credits_included": 1,
                     *           "features": [],
                     *           "kind": "subscription",
                     *           "version": 1,
                     *           "credits_expire": "never",
                     *           "active": true,
                     *           "stripe_price_id_monthly": "price_1",
                     *           "stripe_price_id_yearly": "price_2",
                     *           "creem_product_id": "prod_2",
                     *           "updated_at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListPlansReply"];
                };
            };
        };
    };
    createPlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Pro",
                 *       "price_monthly": 20,
                 *       "credits_included": 2000
                 *     }
                 */
                "application/json": components["schemas"]["CreatePlanRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "name": "Pro",
                     *         "description": "For teams",
                     *         "price_monthly": 1,
                     *         "price_yearly": 1,
                     *         "credits_included": 1,
                     *         "features": [],
                     *         "kind": "subscription",
                     *         "version": 1,
                     *         "credits_expire": "never",
                     *         "active": true,
                     *         "stripe_price_id_monthly": "price_1",
                     *         "stripe_price_id_yearly": "price_2",
                     *         "creem_product_id": "prod_2",
                     *         "updated_at": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreatePlanReply"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "user": "user-17",
                     *         "state": "pending",
                     *         "what": "Grant of 150.00 USD",
                     *         "booking": {
                     *           "type": "DEPOSIT",
                     *           "amountUsd": "10.50",
                     *           "reason": "agreed with the customer",
                     *           "serviceType": "AI_API",
                     *           "expiresAt": "2026-01-31T12:00:00.000Z",
                     *           "restrictedTo": {
                     *             "services": [],
                     *             "actions": []
                     *           },
                     *           "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "reference": "chat-8812",
                     *           "metadata": {}
                     *         },
                     *         "change": {
                     *           "kind": "price",
                     *           "countsUsd": "10.50"
                     *         },
                     *         "requestedBy": "key:0aB3dE7z",
                     *         "requestedAt": "2026-01-31T12:00:00.000Z",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "decidedBy": "user:ada",
                     *         "decidedAt": "2026-01-31T12:00:00.000Z",
                     *         "decisionReason": "checked",
                     *         "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "refusal": "CREDIT_INSUFFICIENT",
                     *         "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *         "idempotencyKey": "order-8812-charge"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreatePlanAccepted"];
                };
            };
        };
    };
    updatePlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the plan. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Pro",
                 *       "price_monthly": 20,
                 *       "credits_included": 2000
                 *     }
                 */
                "application/json": components["schemas"]["UpdatePlanRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "name": "Pro",
                     *         "description": "For teams",
                     *         "price_monthly": 1,
                     *         "price_yearly": 1,
                     *         "credits_included": 1,
                     *         "features": [],
                     *         "kind": "subscription",
                     *         "version": 1,
                     *         "credits_expire": "never",
                     *         "active": true,
                     *         "stripe_price_id_monthly": "price_1",
                     *         "stripe_price_id_yearly": "price_2",
                     *         "creem_product_id": "prod_2",
                     *         "updated_at": "2026-01-31T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["UpdatePlanReply"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "user": "user-17",
                     *         "state": "pending",
                     *         "what": "Grant of 150.00 USD",
                     *         "booking": {
                     *           "type": "DEPOSIT",
                     *           "amountUsd": "10.50",
                     *           "reason": "agreed with the customer",
                     *           "serviceType": "AI_API",
                     *           "expiresAt": "2026-01-31T12:00:00.000Z",
                     *           "restrictedTo": {
                     *             "services": [],
                     *             "actions": []
                     *           },
                     *           "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "reference": "chat-8812",
                     *           "metadata": {}
                     *         },
                     *         "change": {
                     *           "kind": "price",
                     *           "countsUsd": "10.50"
                     *         },
                     *         "requestedBy": "key:0aB3dE7z",
                     *         "requestedAt": "2026-01-31T12:00:00.000Z",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "decidedBy": "user:ada",
                     *         "decidedAt": "2026-01-31T12:00:00.000Z",
                     *         "decisionReason": "checked",
                     *         "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "refusal": "CREDIT_INSUFFICIENT",
                     *         "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *         "idempotencyKey": "order-8812-charge"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["UpdatePlanAccepted"];
                };
            };
        };
    };
    listCoupons: {
        parameters: {
            query?: {
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description How many rows are passed over; a cursor costs less. */
                offset?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "code": "WELCOME-2026",
                     *           "credits": 1,
                     *           "limit_total": 1,
                     *           "limit_per_user": 1,
                     *           "expires_at": "2026-01-31T12:00:00.000Z",
                     *           "plans": [],
                     *           "restricted_to": {
                     *             "services": [],
                     *             "actions": []
                     *           },
                     *           "used": 1,
                     *           "created_at": "2026-01-31T12:00:00.000Z",
                     *           "created_by": "key:0aB3dE7z"
                     *         }
                     *       ],
                     *       "next_cursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListCouponsReply"];
                };
            };
        };
    };
    createCoupon: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "WELCOME-2026",
                 *       "credits": 1
                 *     }
                 */
                "application/json": components["schemas"]["CreateCouponRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "code": "WELCOME-2026",
                     *         "credits": 1,
                     *         "limit_total": 1,
                     *         "limit_per_user": 1,
                     *         "expires_at": "2026-01-31T12:00:00.000Z",
                     *         "plans": [],
                     *         "restricted_to": {
                     *           "services": [],
                     *           "actions": []
                     *         },
                     *         "used": 1,
                     *         "created_at": "2026-01-31T12:00:00.000Z",
                     *         "created_by": "key:0aB3dE7z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreateCouponReply"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "user": "user-17",
                     *         "state": "pending",
                     *         "what": "Grant of 150.00 USD",
                     *         "booking": {
                     *           "type": "DEPOSIT",
                     *           "amountUsd": "10.50",
                     *           "reason": "agreed with the customer",
                     *           "serviceType": "AI_API",
                     *           "expiresAt": "2026-01-31T12:00:00.000Z",
                     *           "restrictedTo": {
                     *             "services": [],
                     *             "actions": []
                     *           },
                     *           "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "reference": "chat-8812",
                     *           "metadata": {}
                     *         },
                     *         "change": {
                     *           "kind": "price",
                     *           "countsUsd": "10.50"
                     *         },
                     *         "requestedBy": "key:0aB3dE7z",
                     *         "requestedAt": "2026-01-31T12:00:00.000Z",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "decidedBy": "user:ada",
                     *         "decidedAt": "2026-01-31T12:00:00.000Z",
                     *         "decisionReason": "checked",
                     *         "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "refusal": "CREDIT_INSUFFICIENT",
                     *         "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *         "idempotencyKey": "order-8812-charge"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreateCouponAccepted"];
                };
            };
        };
    };
    getCheckInConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "enabled": true,
                     *         "credits_per_day": 1,
                     *         "streak_bonus": 1,
                     *         "streak_days": 1,
                     *         "time_zone": "Europe/Berlin",
                     *         "requireClaim": "email_verified"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["GetCheckInConfigReply"];
                };
            };
        };
    };
    setCheckInConfig: {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifies this request, so that it can be sent again safely. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true,
                 *       "credits_per_day": 1
                 *     }
                 */
                "application/json": components["schemas"]["SetCheckInConfigRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "enabled": true,
                     *         "credits_per_day": 1,
                     *         "streak_bonus": 1,
                     *         "streak_days": 1,
                     *         "time_zone": "Europe/Berlin",
                     *         "requireClaim": "email_verified"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SetCheckInConfigReply"];
                };
            };
            /** @description Done. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Idempotency-Key": components["headers"]["IdempotencyKey"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "data": {
                     *         "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "user": "user-17",
                     *         "state": "pending",
                     *         "what": "Grant of 150.00 USD",
                     *         "booking": {
                     *           "type": "DEPOSIT",
                     *           "amountUsd": "10.50",
                     *           "reason": "agreed with the customer",
                     *           "serviceType": "AI_API",
                     *           "expiresAt": "2026-01-31T12:00:00.000Z",
                     *           "restrictedTo": {
                     *             "services": [],
                     *             "actions": []
                     *           },
                     *           "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "reference": "chat-8812",
                     *           "metadata": {}
                     *         },
                     *         "change": {
                     *           "kind": "price",
                     *           "countsUsd": "10.50"
                     *         },
                     *         "requestedBy": "key:0aB3dE7z",
                     *         "requestedAt": "2026-01-31T12:00:00.000Z",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "decidedBy": "user:ada",
                     *         "decidedAt": "2026-01-31T12:00:00.000Z",
                     *         "decisionReason": "checked",
                     *         "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "refusal": "CREDIT_INSUFFICIENT",
                     *         "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *         "idempotencyKey": "order-8812-charge"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SetCheckInConfigAccepted"];
                };
            };
        };
    };
    listAllDeposits: {
        parameters: {
            query?: {
                /** @description Only deposits in this state. */
                state?: "observed" | "confirming" | "credited" | "unmatched" | "screening" | "ignored" | "dust" | "quarantined" | "orphaned" | "reversed";
                /** @description Only deposits with exactly this reason, such as `unknown_sender`. */
                reason?: string;
                /** @description Only deposits on this chain. */
                chain?: string;
                /** @description Only deposits of this time or later. */
                from?: string;
                /** @description Only deposits before this time. */
                to?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deposits": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "state": "observed",
                     *           "reason": "unknown_sender",
                     *           "amountUsd": "10.50",
                     *           "amountUnits": "10000000",
                     *           "chain": "eip155:8453",
                     *           "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *           "symbol": "USDC",
                     *           "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *           "ordinal": 1,
                     *           "fromAddress": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *           "toAddress": "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                     *           "blockNumber": 1,
                     *           "blockHash": "0x1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f",
                     *           "blockTime": "2026-01-31T12:00:00.000Z",
                     *           "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "setAside": true,
                     *           "assignment": {
                     *             "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *             "by": "claim",
                     *             "actor": "key:0aB3dE7z",
                     *             "reason": "unknown_sender",
                     *             "at": "2026-01-31T12:00:00.000Z"
                     *           },
                     *           "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "revision": 1,
                     *           "observedAt": "2026-01-31T12:00:00.000Z",
                     *           "creditedAt": "2026-01-31T12:00:00.000Z",
                     *           "updatedAt": "2026-01-31T12:00:00.000Z",
                     *           "acts": [
                     *             {
                     *               "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *               "action": "assign",
                     *               "actor": "key:0aB3dE7z",
                     *               "words": "agreed with the customer",
                     *               "before": {},
                     *               "after": {},
                     *               "at": "2026-01-31T12:00:00.000Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListAllDepositsReply"];
                };
            };
        };
    };
    assignDeposit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the deposit. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                 *       "reason": "the org showed the transaction"
                 *     }
                 */
                "application/json": components["schemas"]["AssignDepositRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "state": "observed",
                     *       "reason": "unknown_sender",
                     *       "amountUsd": "10.50",
                     *       "amountUnits": "10000000",
                     *       "chain": "eip155:8453",
                     *       "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *       "symbol": "USDC",
                     *       "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *       "ordinal": 1,
                     *       "fromAddress": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *       "toAddress": "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                     *       "blockNumber": 1,
                     *       "blockHash": "0x1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f",
                     *       "blockTime": "2026-01-31T12:00:00.000Z",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "setAside": true,
                     *       "assignment": {
                     *         "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "by": "claim",
                     *         "actor": "key:0aB3dE7z",
                     *         "reason": "unknown_sender",
                     *         "at": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "revision": 1,
                     *       "observedAt": "2026-01-31T12:00:00.000Z",
                     *       "creditedAt": "2026-01-31T12:00:00.000Z",
                     *       "updatedAt": "2026-01-31T12:00:00.000Z",
                     *       "acts": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "action": "assign",
                     *           "actor": "key:0aB3dE7z",
                     *           "words": "agreed with the customer",
                     *           "before": {},
                     *           "after": {},
                     *           "at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InboxDeposit"];
                };
            };
        };
    };
    ignoreDeposit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the deposit. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "sent by mistake and returned"
                 *     }
                 */
                "application/json": components["schemas"]["IgnoreDepositRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "state": "observed",
                     *       "reason": "unknown_sender",
                     *       "amountUsd": "10.50",
                     *       "amountUnits": "10000000",
                     *       "chain": "eip155:8453",
                     *       "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *       "symbol": "USDC",
                     *       "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *       "ordinal": 1,
                     *       "fromAddress": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *       "toAddress": "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                     *       "blockNumber": 1,
                     *       "blockHash": "0x1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f",
                     *       "blockTime": "2026-01-31T12:00:00.000Z",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "setAside": true,
                     *       "assignment": {
                     *         "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *         "by": "claim",
                     *         "actor": "key:0aB3dE7z",
                     *         "reason": "unknown_sender",
                     *         "at": "2026-01-31T12:00:00.000Z"
                     *       },
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "revision": 1,
                     *       "observedAt": "2026-01-31T12:00:00.000Z",
                     *       "creditedAt": "2026-01-31T12:00:00.000Z",
                     *       "updatedAt": "2026-01-31T12:00:00.000Z",
                     *       "acts": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "action": "assign",
                     *           "actor": "key:0aB3dE7z",
                     *           "words": "agreed with the customer",
                     *           "before": {},
                     *           "after": {},
                     *           "at": "2026-01-31T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InboxDeposit"];
                };
            };
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description Only requests in this state. */
                state?: "pending" | "approved" | "rejected" | "failed" | "expired";
                /** @description Only requests about this org. */
                org?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "approvals": [
                     *         {
                     *           "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "user": "user-17",
                     *           "state": "pending",
                     *           "what": "Grant of 150.00 USD",
                     *           "booking": {
                     *             "type": "DEPOSIT",
                     *             "amountUsd": "10.50",
                     *             "reason": "agreed with the customer",
                     *             "serviceType": "AI_API",
                     *             "expiresAt": "2026-01-31T12:00:00.000Z",
                     *             "restrictedTo": {
                     *               "services": [],
                     *               "actions": []
                     *             },
                     *             "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *             "reference": "chat-8812",
                     *             "metadata": {}
                     *           },
                     *           "change": {
                     *             "kind": "price",
                     *             "countsUsd": "10.50"
                     *           },
                     *           "requestedBy": "key:0aB3dE7z",
                     *           "requestedAt": "2026-01-31T12:00:00.000Z",
                     *           "expiresAt": "2026-01-31T12:00:00.000Z",
                     *           "decidedBy": "user:ada",
                     *           "decidedAt": "2026-01-31T12:00:00.000Z",
                     *           "decisionReason": "checked",
                     *           "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *           "refusal": "CREDIT_INSUFFICIENT",
                     *           "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *           "idempotencyKey": "order-8812-charge"
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListApprovalsReply"];
                };
            };
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the approval. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "user": "user-17",
                     *       "state": "pending",
                     *       "what": "Grant of 150.00 USD",
                     *       "booking": {
                     *         "type": "DEPOSIT",
                     *         "amountUsd": "10.50",
                     *         "reason": "agreed with the customer",
                     *         "serviceType": "AI_API",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "restrictedTo": {
                     *           "services": [],
                     *           "actions": []
                     *         },
                     *         "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "reference": "chat-8812",
                     *         "metadata": {}
                     *       },
                     *       "change": {
                     *         "kind": "price",
                     *         "countsUsd": "10.50"
                     *       },
                     *       "requestedBy": "key:0aB3dE7z",
                     *       "requestedAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "decidedBy": "user:ada",
                     *       "decidedAt": "2026-01-31T12:00:00.000Z",
                     *       "decisionReason": "checked",
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "refusal": "CREDIT_INSUFFICIENT",
                     *       "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *       "idempotencyKey": "order-8812-charge"
                     *     }
                     */
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "userId": "user-17",
                     *       "walletId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "availableUsd": "10.50",
                     *       "heldUsd": "10.50",
                     *       "suspendedAt": "2026-01-31T12:00:00.000Z",
                     *       "suspendedReason": "under investigation",
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    suspendUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SuspendUserRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "userId": "user-17",
                     *       "walletId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "availableUsd": "10.50",
                     *       "heldUsd": "10.50",
                     *       "suspendedAt": "2026-01-31T12:00:00.000Z",
                     *       "suspendedReason": "under investigation",
                     *       "createdAt": "2026-01-31T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    approveRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the approval. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ApproveRequestRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "user": "user-17",
                     *       "state": "pending",
                     *       "what": "Grant of 150.00 USD",
                     *       "booking": {
                     *         "type": "DEPOSIT",
                     *         "amountUsd": "10.50",
                     *         "reason": "agreed with the customer",
                     *         "serviceType": "AI_API",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "restrictedTo": {
                     *           "services": [],
                     *           "actions": []
                     *         },
                     *         "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "reference": "chat-8812",
                     *         "metadata": {}
                     *       },
                     *       "change": {
                     *         "kind": "price",
                     *         "countsUsd": "10.50"
                     *       },
                     *       "requestedBy": "key:0aB3dE7z",
                     *       "requestedAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "decidedBy": "user:ada",
                     *       "decidedAt": "2026-01-31T12:00:00.000Z",
                     *       "decisionReason": "checked",
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "refusal": "CREDIT_INSUFFICIENT",
                     *       "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *       "idempotencyKey": "order-8812-charge"
                     *     }
                     */
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    rejectRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the approval. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["RejectRequestRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "org": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *       "user": "user-17",
                     *       "state": "pending",
                     *       "what": "Grant of 150.00 USD",
                     *       "booking": {
                     *         "type": "DEPOSIT",
                     *         "amountUsd": "10.50",
                     *         "reason": "agreed with the customer",
                     *         "serviceType": "AI_API",
                     *         "expiresAt": "2026-01-31T12:00:00.000Z",
                     *         "restrictedTo": {
                     *           "services": [],
                     *           "actions": []
                     *         },
                     *         "refundOf": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *         "reference": "chat-8812",
                     *         "metadata": {}
                     *       },
                     *       "change": {
                     *         "kind": "price",
                     *         "countsUsd": "10.50"
                     *       },
                     *       "requestedBy": "key:0aB3dE7z",
                     *       "requestedAt": "2026-01-31T12:00:00.000Z",
                     *       "expiresAt": "2026-01-31T12:00:00.000Z",
                     *       "decidedBy": "user:ada",
                     *       "decidedAt": "2026-01-31T12:00:00.000Z",
                     *       "decisionReason": "checked",
                     *       "entryId": "ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42",
                     *       "refusal": "CREDIT_INSUFFICIENT",
                     *       "refusalDetail": "10.00 USD needed, 3.00 USD available",
                     *       "idempotencyKey": "order-8812-charge"
                     *     }
                     */
                    "application/json": components["schemas"]["Approval"];
                };
            };
        };
    };
    listChains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chains": [
                     *         {
                     *           "chain": "eip155:8453",
                     *           "state": "running",
                     *           "headBlock": 1,
                     *           "nextBlock": 1,
                     *           "creditBlock": 1,
                     *           "scannedAt": "2026-01-31T12:00:00.000Z",
                     *           "leader": {
                     *             "holder": "coffer-1",
                     *             "until": "2026-01-31T12:00:00.000Z"
                     *           },
                     *           "freezes": [
                     *             {
                     *               "kind": "by_hand",
                     *               "reason": "under investigation",
                     *               "frozenBy": "user:ada",
                     *               "frozenAt": "2026-01-31T12:00:00.000Z"
                     *             }
                     *           ],
                     *           "dues": {
                     *             "reversals": {
                     *               "count": 1,
                     *               "amountUsd": "10.50",
                     *               "deposits": [
                     *                 {
                     *                   "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *                   "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *                   "amountUsd": "10.50"
                     *                 }
                     *               ]
                     *             },
                     *             "credits": {
                     *               "count": 1,
                     *               "amountUsd": "10.50",
                     *               "deposits": [
                     *                 {
                     *                   "id": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *                   "txHash": "0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e",
                     *                   "amountUsd": "10.50"
                     *                 }
                     *               ]
                     *             }
                     *           },
                     *           "rpcs": [
                     *             {
                     *               "rpc": "rpc.example",
                     *               "state": "reading",
                     *               "headBlock": 1,
                     *               "problem": "it does not answer",
                     *               "since": "2026-01-31T12:00:00.000Z",
                     *               "seenAt": "2026-01-31T12:00:00.000Z"
                     *             }
                     *           ],
                     *           "tokens": [
                     *             {
                     *               "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *               "code": "0x1c2d3e4f",
                     *               "paused": true,
                     *               "blocked": [],
                     *               "changedAt": "2026-01-31T12:00:00.000Z"
                     *             }
                     *           ],
                     *           "workers": [
                     *             {
                     *               "holder": "coffer-1",
                     *               "state": "reading",
                     *               "problem": "it does not answer",
                     *               "roundEndedAt": "2026-01-31T12:00:00.000Z",
                     *               "seenAt": "2026-01-31T12:00:00.000Z"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ListChainsReply"];
                };
            };
        };
    };
    getReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "OK",
                     *       "wallets": 1,
                     *       "owedUsd": "10.50",
                     *       "debtUsd": "10.50",
                     *       "heldUsd": "10.50",
                     *       "coverageUsd": "10.50",
                     *       "owedAt": "2026-01-31T12:00:00.000Z",
                     *       "chains": [
                     *         {
                     *           "chain": "eip155:8453",
                     *           "status": "OK",
                     *           "frozen": true,
                     *           "heldUsd": "10.50",
                     *           "reckonedUsd": "10.50",
                     *           "deltaUsd": "10.50",
                     *           "addresses": {
                     *             "ok": 1,
                     *             "gap": 1,
                     *             "unknown": 1
                     *           },
                     *           "auditedAt": "2026-01-31T12:00:00.000Z",
                     *           "problem": "it does not answer",
                     *           "ledgerUsd": "10.50",
                     *           "creditedUsd": "10.50",
                     *           "ledgerDeltaUsd": "10.50",
                     *           "faults": [
                     *             {
                     *               "wallet": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *               "deposit": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21"
                     *             }
                     *           ],
                     *           "booksAt": "2026-01-31T12:00:00.000Z",
                     *           "pendingUsd": "10.50",
                     *           "unmatchedUsd": "10.50",
                     *           "screeningUsd": "10.50",
                     *           "troubled": [
                     *             {
                     *               "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *               "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *               "status": "OK",
                     *               "foundUsd": "10.50",
                     *               "reckonedUsd": "10.50",
                     *               "block": 1,
                     *               "problem": "it does not answer"
                     *             }
                     *           ],
                     *           "gaps": [
                     *             {
                     *               "token": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                     *               "address": "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                     *               "block": 1,
                     *               "amountUsd": "10.50",
                     *               "explainedBy": [],
                     *               "foundAt": "2026-01-31T12:00:00.000Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "rails": [
                     *         {
                     *           "rail": "clearing:stripe",
                     *           "status": "OK",
                     *           "frozen": true,
                     *           "frozenAt": "2026-01-31T12:00:00.000Z",
                     *           "reason": "under investigation",
                     *           "creditedUsd": "10.50",
                     *           "taxUsd": "10.50",
                     *           "sellerUsd": "10.50",
                     *           "parkedUsd": "10.50",
                     *           "dueUsd": "10.50",
                     *           "gotUsd": "10.50",
                     *           "deltaUsd": "10.50",
                     *           "acceptedUsd": "10.50",
                     *           "fees": [
                     *             {
                     *               "currency": "usd",
                     *               "amountMinor": "1000"
                     *             }
                     *           ],
                     *           "checkedAt": "2026-01-31T12:00:00.000Z",
                     *           "problem": "it does not answer"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GetReconciliationReply"];
                };
            };
        };
    };
    listAuditActs: {
        parameters: {
            query?: {
                /** @description Who acted: `key:<id>`, `user:<id>` or `cli:<name>`. */
                actor?: string;
                /** @description Only what is about this org. */
                org?: string;
                /** @description `request`, or the name of the changed table. */
                subject?: string;
                /** @description Which of them: an id, or the path of a request. */
                subjectId?: string;
                /** @description Only acts of this time or later. */
                from?: string;
                /** @description Only acts before this time. */
                to?: string;
                /** @description How many rows a page has at most, from 1 to 100. */
                limit?: number;
                /** @description Where the page begins: the `nextCursor` of the page before. Opaque. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "acts": [
                     *         {
                     *           "actId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "at": "2026-01-31T12:00:00.000Z",
                     *           "actor": "key:0aB3dE7z",
                     *           "action": "PATCH /admin/orgs/:org",
                     *           "requestId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "subject": "org",
                     *           "subjectId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "orgId": "019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21",
                     *           "before": {},
                     *           "after": {}
                     *         }
                     *       ],
                     *       "nextCursor": "aG9sZHN-NDI"
                     *     }
                     */
                    "application/json": components["schemas"]["ListAuditActsReply"];
                };
            };
        };
    };
}
