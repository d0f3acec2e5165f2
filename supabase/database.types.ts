export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

export type Database = {
  // Allows to automatically instantiate createClient with right options
  // instead of createClient<Database, { PostgrestVersion: 'XX' }>(URL, KEY)
  __InternalSupabase: {
    PostgrestVersion: "14"
  }
  public: {
    Tables: {
      alerts: {
        Row: {
          acknowledged_at: string | null
          cause: string
          created_at: string
          delivery_id: string | null
          evidence: NonNullable<Json>
          id: number
          kind: Database["public"]["Enums"]["alert_kind"]
          owner: string | null
          resolved_at: string | null
          snoozed_until: string | null
          updated_at: string
          variant_id: string | null
          version: number
        }
        Insert: {
          acknowledged_at?: string | null
          cause: string
          created_at?: string
          delivery_id?: string | null
          evidence: NonNullable<Json>
          id?: never
          kind: Database["public"]["Enums"]["alert_kind"]
          owner?: string | null
          resolved_at?: string | null
          snoozed_until?: string | null
          updated_at?: string
          variant_id?: string | null
          version?: number
        }
        Update: {
          acknowledged_at?: string | null
          cause?: string
          created_at?: string
          delivery_id?: string | null
          evidence?: NonNullable<Json>
          id?: never
          kind?: Database["public"]["Enums"]["alert_kind"]
          owner?: string | null
          resolved_at?: string | null
          snoozed_until?: string | null
          updated_at?: string
          variant_id?: string | null
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "alerts_delivery_id_fkey"
            columns: ["delivery_id"]
            referencedRelation: "deliveries"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "alerts_owner_fkey"
            columns: ["owner"]
            referencedRelation: "staff"
            referencedColumns: ["user_id"]
          },
          {
            foreignKeyName: "alerts_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "alerts_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      audit_trail: {
        Row: {
          action: string
          actor: string
          actor_name: string
          after: Json | null
          at: string
          before: Json | null
          id: number
          label: string
          subject: string
          subject_id: string
        }
        Insert: {
          action: string
          actor?: string
          actor_name?: string
          after?: Json | null
          at?: string
          before?: Json | null
          id?: never
          label: string
          subject: string
          subject_id: string
        }
        Update: {
          action?: string
          actor?: string
          actor_name?: string
          after?: Json | null
          at?: string
          before?: Json | null
          id?: never
          label?: string
          subject?: string
          subject_id?: string
        }
        Relationships: []
      }
      availability: {
        Row: {
          available: number
          committed: number
          held: number
          in_line: number
          on_hand: number
          safety: number
          updated_at: string
          variant_id: string
          version: number
        }
        Insert: {
          available?: number
          committed?: number
          held?: number
          in_line?: number
          on_hand?: number
          safety?: number
          updated_at?: string
          variant_id: string
          version?: number
        }
        Update: {
          available?: number
          committed?: number
          held?: number
          in_line?: number
          on_hand?: number
          safety?: number
          updated_at?: string
          variant_id?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "availability_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "availability_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      bought_together: {
        Row: {
          orders: number
          other_id: string
          product_id: string
        }
        Insert: {
          orders: number
          other_id: string
          product_id: string
        }
        Update: {
          orders?: number
          other_id?: string
          product_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "bought_together_other_id_fkey"
            columns: ["other_id"]
            referencedRelation: "inventory"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "bought_together_other_id_fkey"
            columns: ["other_id"]
            referencedRelation: "product_entries"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "bought_together_other_id_fkey"
            columns: ["other_id"]
            referencedRelation: "products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "bought_together_other_id_fkey"
            columns: ["other_id"]
            referencedRelation: "shop_products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "bought_together_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "inventory"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "bought_together_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "product_entries"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "bought_together_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "bought_together_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "shop_products"
            referencedColumns: ["id"]
          },
        ]
      }
      cart_lines: {
        Row: {
          cart_id: string
          held_since: string
          held_until: string | null
          price_minor: number
          quantity: number
          variant_id: string
        }
        Insert: {
          cart_id: string
          held_since: string
          held_until?: string | null
          price_minor: number
          quantity: number
          variant_id: string
        }
        Update: {
          cart_id?: string
          held_since?: string
          held_until?: string | null
          price_minor?: number
          quantity?: number
          variant_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "cart_lines_cart_id_fkey"
            columns: ["cart_id"]
            referencedRelation: "carts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "cart_lines_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "cart_lines_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      carts: {
        Row: {
          agent: string | null
          created_at: string
          discount_id: string | null
          id: string
          network: string | null
          token_hash: string | null
          user_id: string | null
          version: number
        }
        Insert: {
          agent?: string | null
          created_at?: string
          discount_id?: string | null
          id?: string
          network?: string | null
          token_hash?: string | null
          user_id?: string | null
          version?: number
        }
        Update: {
          agent?: string | null
          created_at?: string
          discount_id?: string | null
          id?: string
          network?: string | null
          token_hash?: string | null
          user_id?: string | null
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "carts_discount_id_fkey"
            columns: ["discount_id"]
            referencedRelation: "discounts"
            referencedColumns: ["id"]
          },
        ]
      }
      categories: {
        Row: {
          blurb: string
          picture: string
          position: number
          slug: string
          title: string
          updated_at: string
          version: number
        }
        Insert: {
          blurb?: string
          picture?: string
          position?: number
          slug: string
          title: string
          updated_at?: string
          version?: number
        }
        Update: {
          blurb?: string
          picture?: string
          position?: number
          slug?: string
          title?: string
          updated_at?: string
          version?: number
        }
        Relationships: []
      }
      category_sizes: {
        Row: {
          category: string
          products: number
        }
        Insert: {
          category: string
          products?: number
        }
        Update: {
          category?: string
          products?: number
        }
        Relationships: [
          {
            foreignKeyName: "category_sizes_category_fkey"
            columns: ["category"]
            referencedRelation: "categories"
            referencedColumns: ["slug"]
          },
        ]
      }
      claims: {
        Row: {
          cart_id: string | null
          expires_at: string | null
          fulfilled: number
          id: number
          location_id: string
          network: string | null
          offer_id: number | null
          order_item_id: number | null
          quantity: number
          variant_id: string
        }
        Insert: {
          cart_id?: string | null
          expires_at?: string | null
          fulfilled?: number
          id?: never
          location_id: string
          network?: string | null
          offer_id?: number | null
          order_item_id?: number | null
          quantity: number
          variant_id: string
        }
        Update: {
          cart_id?: string | null
          expires_at?: string | null
          fulfilled?: number
          id?: never
          location_id?: string
          network?: string | null
          offer_id?: number | null
          order_item_id?: number | null
          quantity?: number
          variant_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "claims_cart_id_fkey"
            columns: ["cart_id"]
            referencedRelation: "carts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "claims_order_item_id_fkey"
            columns: ["order_item_id"]
            referencedRelation: "order_items"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "claims_order_item_id_fkey"
            columns: ["order_item_id"]
            referencedRelation: "pick_lines"
            referencedColumns: ["order_item_id"]
          },
          {
            foreignKeyName: "claims_variant_id_location_id_fkey"
            columns: ["variant_id", "location_id"]
            referencedRelation: "stock_levels"
            referencedColumns: ["variant_id", "location_id"]
          },
        ]
      }
      conversation_messages: {
        Row: {
          author: string | null
          body: string
          conversation_id: string
          created_at: string
          key: string
          kind: Database["public"]["Enums"]["message_kind"]
          position: number
        }
        Insert: {
          author?: string | null
          body: string
          conversation_id: string
          created_at?: string
          key: string
          kind: Database["public"]["Enums"]["message_kind"]
          position: number
        }
        Update: {
          author?: string | null
          body?: string
          conversation_id?: string
          created_at?: string
          key?: string
          kind?: Database["public"]["Enums"]["message_kind"]
          position?: number
        }
        Relationships: [
          {
            foreignKeyName: "conversation_messages_conversation_id_fkey"
            columns: ["conversation_id"]
            referencedRelation: "conversations"
            referencedColumns: ["id"]
          },
        ]
      }
      conversations: {
        Row: {
          about: Database["public"]["Enums"]["conversation_about"]
          assigned_to: string | null
          created_at: string
          id: string
          last_at: string
          messages: number
          number: number
          order_id: string | null
          product_id: string | null
          status: Database["public"]["Enums"]["conversation_status"]
          token_hash: string | null
          updated_at: string
          user_id: string | null
          version: number
        }
        Insert: {
          about: Database["public"]["Enums"]["conversation_about"]
          assigned_to?: string | null
          created_at?: string
          id?: string
          last_at?: string
          messages?: number
          number?: never
          order_id?: string | null
          product_id?: string | null
          status?: Database["public"]["Enums"]["conversation_status"]
          token_hash?: string | null
          updated_at?: string
          user_id?: string | null
          version?: number
        }
        Update: {
          about?: Database["public"]["Enums"]["conversation_about"]
          assigned_to?: string | null
          created_at?: string
          id?: string
          last_at?: string
          messages?: number
          number?: never
          order_id?: string | null
          product_id?: string | null
          status?: Database["public"]["Enums"]["conversation_status"]
          token_hash?: string | null
          updated_at?: string
          user_id?: string | null
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "conversations_assigned_to_fkey"
            columns: ["assigned_to"]
            referencedRelation: "staff"
            referencedColumns: ["user_id"]
          },
          {
            foreignKeyName: "conversations_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "conversations_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "conversations_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "inventory"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "conversations_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "product_entries"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "conversations_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "conversations_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "shop_products"
            referencedColumns: ["id"]
          },
        ]
      }
      count_answers: {
        Row: {
          actor: string
          count_id: string
          created_at: string
          had_happened: boolean
          movement_id: number
        }
        Insert: {
          actor?: string
          count_id: string
          created_at?: string
          had_happened: boolean
          movement_id: number
        }
        Update: {
          actor?: string
          count_id?: string
          created_at?: string
          had_happened?: boolean
          movement_id?: number
        }
        Relationships: [
          {
            foreignKeyName: "count_answers_count_id_fkey"
            columns: ["count_id"]
            referencedRelation: "counts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "count_answers_movement_id_fkey"
            columns: ["movement_id"]
            referencedRelation: "stock_movements"
            referencedColumns: ["id"]
          },
        ]
      }
      count_entries: {
        Row: {
          actor: string
          began_at: string
          count_id: string
          created_at: string
          ended_at: string
          id: string
          ledger_position: number
          units: number
          updated_at: string
          variant_id: string
          version: number
          withdrawn: boolean
        }
        Insert: {
          actor?: string
          began_at: string
          count_id: string
          created_at?: string
          ended_at: string
          id: string
          ledger_position: number
          units: number
          updated_at?: string
          variant_id: string
          version?: number
          withdrawn?: boolean
        }
        Update: {
          actor?: string
          began_at?: string
          count_id?: string
          created_at?: string
          ended_at?: string
          id?: string
          ledger_position?: number
          units?: number
          updated_at?: string
          variant_id?: string
          version?: number
          withdrawn?: boolean
        }
        Relationships: [
          {
            foreignKeyName: "count_entries_count_id_fkey"
            columns: ["count_id"]
            referencedRelation: "counts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "count_entries_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "count_entries_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      count_results: {
        Row: {
          count_id: string
          counted: number
          expected: number
          ledger_position: number
          movement_id: number | null
          reversal_id: number | null
          variant_id: string
        }
        Insert: {
          count_id: string
          counted: number
          expected: number
          ledger_position: number
          movement_id?: number | null
          reversal_id?: number | null
          variant_id: string
        }
        Update: {
          count_id?: string
          counted?: number
          expected?: number
          ledger_position?: number
          movement_id?: number | null
          reversal_id?: number | null
          variant_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "count_results_count_id_fkey"
            columns: ["count_id"]
            referencedRelation: "counts"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "count_results_movement_id_fkey"
            columns: ["movement_id"]
            referencedRelation: "stock_movements"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "count_results_reversal_id_fkey"
            columns: ["reversal_id"]
            referencedRelation: "stock_movements"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "count_results_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "count_results_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      counts: {
        Row: {
          blind: boolean
          category: string | null
          created_at: string
          decided_by: string | null
          id: string
          location_id: string
          number: number
          shelf: string | null
          slack: string
          started_by: string
          status: Database["public"]["Enums"]["count_status"]
          updated_at: string
          version: number
        }
        Insert: {
          blind: boolean
          category?: string | null
          created_at?: string
          decided_by?: string | null
          id?: string
          location_id: string
          number?: never
          shelf?: string | null
          slack?: string
          started_by?: string
          status?: Database["public"]["Enums"]["count_status"]
          updated_at?: string
          version?: number
        }
        Update: {
          blind?: boolean
          category?: string | null
          created_at?: string
          decided_by?: string | null
          id?: string
          location_id?: string
          number?: never
          shelf?: string | null
          slack?: string
          started_by?: string
          status?: Database["public"]["Enums"]["count_status"]
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "counts_category_fkey"
            columns: ["category"]
            referencedRelation: "categories"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "counts_location_id_fkey"
            columns: ["location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
        ]
      }
      customer_notes: {
        Row: {
          actor: string
          body: string
          created_at: string
          id: number
          order_id: string
        }
        Insert: {
          actor?: string
          body: string
          created_at?: string
          id?: never
          order_id: string
        }
        Update: {
          actor?: string
          body?: string
          created_at?: string
          id?: never
          order_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "customer_notes_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "customer_notes_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
        ]
      }
      customers: {
        Row: {
          cancelled: number
          orders: number
          total_minor: number
          updated_at: string
          user_id: string
        }
        Insert: {
          cancelled?: number
          orders?: number
          total_minor?: number
          updated_at?: string
          user_id: string
        }
        Update: {
          cancelled?: number
          orders?: number
          total_minor?: number
          updated_at?: string
          user_id?: string
        }
        Relationships: []
      }
      deliveries: {
        Row: {
          actor: string
          created_at: string
          document: string | null
          expected_on: string | null
          from_location_id: string | null
          id: string
          number: number
          status: Database["public"]["Enums"]["delivery_status"]
          supplier: string | null
          to_location_id: string
          updated_at: string
          version: number
        }
        Insert: {
          actor?: string
          created_at?: string
          document?: string | null
          expected_on?: string | null
          from_location_id?: string | null
          id?: string
          number?: never
          status?: Database["public"]["Enums"]["delivery_status"]
          supplier?: string | null
          to_location_id: string
          updated_at?: string
          version?: number
        }
        Update: {
          actor?: string
          created_at?: string
          document?: string | null
          expected_on?: string | null
          from_location_id?: string | null
          id?: string
          number?: never
          status?: Database["public"]["Enums"]["delivery_status"]
          supplier?: string | null
          to_location_id?: string
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "deliveries_from_location_id_fkey"
            columns: ["from_location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "deliveries_to_location_id_fkey"
            columns: ["to_location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
        ]
      }
      delivery_events: {
        Row: {
          actor: string
          created_at: string
          delivery_id: string
          detail: NonNullable<Json>
          id: number
          kind: string
        }
        Insert: {
          actor?: string
          created_at?: string
          delivery_id: string
          detail: NonNullable<Json>
          id?: never
          kind: string
        }
        Update: {
          actor?: string
          created_at?: string
          delivery_id?: string
          detail?: NonNullable<Json>
          id?: never
          kind?: string
        }
        Relationships: [
          {
            foreignKeyName: "delivery_events_delivery_id_fkey"
            columns: ["delivery_id"]
            referencedRelation: "deliveries"
            referencedColumns: ["id"]
          },
        ]
      }
      delivery_lines: {
        Row: {
          delivery_id: string
          difference: Database["public"]["Enums"]["delivery_difference"] | null
          expected: number
          missing: number
          outstanding: number
          received: number
          variant_id: string
        }
        Insert: {
          delivery_id: string
          difference?: Database["public"]["Enums"]["delivery_difference"] | null
          expected: number
          missing?: number
          outstanding?: never
          received?: number
          variant_id: string
        }
        Update: {
          delivery_id?: string
          difference?: Database["public"]["Enums"]["delivery_difference"] | null
          expected?: number
          missing?: number
          outstanding?: never
          received?: number
          variant_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "delivery_lines_delivery_id_fkey"
            columns: ["delivery_id"]
            referencedRelation: "deliveries"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "delivery_lines_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "delivery_lines_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      delivery_settings: {
        Row: {
          only_row: boolean
          tax_rate_bp: number | null
        }
        Insert: {
          only_row?: boolean
          tax_rate_bp?: number | null
        }
        Update: {
          only_row?: boolean
          tax_rate_bp?: number | null
        }
        Relationships: []
      }
      delivery_zones: {
        Row: {
          countries: string[]
          created_at: string
          estimate: string | null
          id: string
          name: string
          postcodes: string[]
          rates_from_minor: number[]
          rates_minor: number[]
          updated_at: string
          version: number
        }
        Insert: {
          countries: string[]
          created_at?: string
          estimate?: string | null
          id?: string
          name: string
          postcodes?: string[]
          rates_from_minor: number[]
          rates_minor: number[]
          updated_at?: string
          version?: number
        }
        Update: {
          countries?: string[]
          created_at?: string
          estimate?: string | null
          id?: string
          name?: string
          postcodes?: string[]
          rates_from_minor?: number[]
          rates_minor?: number[]
          updated_at?: string
          version?: number
        }
        Relationships: []
      }
      discount_counts: {
        Row: {
          discount_id: string
          held: number
          used: number
          uses_limit: number | null
          version: number
        }
        Insert: {
          discount_id: string
          held?: number
          used?: number
          uses_limit?: number | null
          version?: number
        }
        Update: {
          discount_id?: string
          held?: number
          used?: number
          uses_limit?: number | null
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "discount_counts_discount_id_fkey"
            columns: ["discount_id"]
            referencedRelation: "discounts"
            referencedColumns: ["id"]
          },
        ]
      }
      discounts: {
        Row: {
          active: boolean
          amount_minor: number | null
          category: string | null
          code: string | null
          created_at: string
          ends_at: string | null
          id: string
          kind: string
          minimum_minor: number
          per_person: number | null
          percent_bp: number | null
          product_id: string | null
          starts_at: string | null
          title: string
          updated_at: string
          version: number
        }
        Insert: {
          active?: boolean
          amount_minor?: number | null
          category?: string | null
          code?: string | null
          created_at?: string
          ends_at?: string | null
          id?: string
          kind: string
          minimum_minor?: number
          per_person?: number | null
          percent_bp?: number | null
          product_id?: string | null
          starts_at?: string | null
          title: string
          updated_at?: string
          version?: number
        }
        Update: {
          active?: boolean
          amount_minor?: number | null
          category?: string | null
          code?: string | null
          created_at?: string
          ends_at?: string | null
          id?: string
          kind?: string
          minimum_minor?: number
          per_person?: number | null
          percent_bp?: number | null
          product_id?: string | null
          starts_at?: string | null
          title?: string
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "discounts_category_fkey"
            columns: ["category"]
            referencedRelation: "categories"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "discounts_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "inventory"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "discounts_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "product_entries"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "discounts_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "discounts_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "shop_products"
            referencedColumns: ["id"]
          },
        ]
      }
      heartbeats: {
        Row: {
          beaten_at: string
          number: number
          server: string
        }
        Insert: {
          beaten_at?: string
          number: number
          server: string
        }
        Update: {
          beaten_at?: string
          number?: number
          server?: string
        }
        Relationships: []
      }
      imports: {
        Row: {
          actor: string
          applied_at: string | null
          created_at: string
          discarded_at: string | null
          discarded_by: string | null
          document: string
          file_name: string
          id: string
          kept_columns: string[]
          kind: Database["public"]["Enums"]["import_kind"]
          location_id: string | null
          number: number
          problems: NonNullable<Json>
          reverts: string | null
          summary: Json | null
          updated_at: string
          version: number
          warnings: string[]
        }
        Insert: {
          actor?: string
          applied_at?: string | null
          created_at?: string
          discarded_at?: string | null
          discarded_by?: string | null
          document?: never
          file_name: string
          id?: string
          kept_columns?: string[]
          kind?: Database["public"]["Enums"]["import_kind"]
          location_id?: string | null
          number?: never
          problems?: NonNullable<Json>
          reverts?: string | null
          summary?: Json | null
          updated_at?: string
          version?: number
          warnings?: string[]
        }
        Update: {
          actor?: string
          applied_at?: string | null
          created_at?: string
          discarded_at?: string | null
          discarded_by?: string | null
          document?: never
          file_name?: string
          id?: string
          kept_columns?: string[]
          kind?: Database["public"]["Enums"]["import_kind"]
          location_id?: string | null
          number?: never
          problems?: NonNullable<Json>
          reverts?: string | null
          summary?: Json | null
          updated_at?: string
          version?: number
          warnings?: string[]
        }
        Relationships: [
          {
            foreignKeyName: "imports_location_id_fkey"
            columns: ["location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "imports_reverts_fkey"
            columns: ["reverts"]
            referencedRelation: "imports"
            referencedColumns: ["id"]
          },
        ]
      }
      in_transit: {
        Row: {
          location_id: string
          units: number
          updated_at: string
          variant_id: string
          version: number
        }
        Insert: {
          location_id: string
          units?: number
          updated_at?: string
          variant_id: string
          version?: number
        }
        Update: {
          location_id?: string
          units?: number
          updated_at?: string
          variant_id?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "in_transit_location_id_fkey"
            columns: ["location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "in_transit_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "in_transit_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      inbox_counts: {
        Row: {
          id: string
          open: number
          pending: number
          version: number
        }
        Insert: {
          id?: string
          open?: number
          pending?: number
          version?: number
        }
        Update: {
          id?: string
          open?: number
          pending?: number
          version?: number
        }
        Relationships: []
      }
      inventory_index: {
        Row: {
          category: string
          position: number
          title: string
          variant_id: string
          words: string
        }
        Insert: {
          category: string
          position: number
          title: string
          variant_id: string
          words: string
        }
        Update: {
          category?: string
          position?: number
          title?: string
          variant_id?: string
          words?: string
        }
        Relationships: [
          {
            foreignKeyName: "inventory_index_category_fkey"
            columns: ["category"]
            referencedRelation: "categories"
            referencedColumns: ["slug"]
          },
          {
            foreignKeyName: "inventory_index_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "inventory_index_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      kept_columns: {
        Row: {
          columns: NonNullable<Json>
          id: string
          product_id: string | null
          variant_id: string | null
        }
        Insert: {
          columns: NonNullable<Json>
          id?: string
          product_id?: string | null
          variant_id?: string | null
        }
        Update: {
          columns?: NonNullable<Json>
          id?: string
          product_id?: string | null
          variant_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "kept_columns_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "inventory"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "kept_columns_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "product_entries"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "kept_columns_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "kept_columns_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "shop_products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "kept_columns_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "kept_columns_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      locations: {
        Row: {
          active: boolean
          address: string
          hours: NonNullable<Json>
          hours_note: string
          id: string
          name: string
          position: number
          slug: string
          updated_at: string
          version: number
        }
        Insert: {
          active?: boolean
          address?: string
          hours?: NonNullable<Json>
          hours_note?: string
          id?: string
          name: string
          position?: number
          slug: string
          updated_at?: string
          version?: number
        }
        Update: {
          active?: boolean
          address?: string
          hours?: NonNullable<Json>
          hours_note?: string
          id?: string
          name?: string
          position?: number
          slug?: string
          updated_at?: string
          version?: number
        }
        Relationships: []
      }
      marketing_consents: {
        Row: {
          actor: string
          created_at: string
          given: boolean
          id: number
          order_id: string | null
          source: Database["public"]["Enums"]["consent_source"]
          user_id: string | null
        }
        Insert: {
          actor?: string
          created_at?: string
          given: boolean
          id?: never
          order_id?: string | null
          source: Database["public"]["Enums"]["consent_source"]
          user_id?: string | null
        }
        Update: {
          actor?: string
          created_at?: string
          given?: boolean
          id?: never
          order_id?: string | null
          source?: Database["public"]["Enums"]["consent_source"]
          user_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "marketing_consents_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "marketing_consents_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
        ]
      }
      order_events: {
        Row: {
          actor: string
          created_at: string
          detail: NonNullable<Json>
          id: number
          kind: string
          order_id: string
        }
        Insert: {
          actor?: string
          created_at?: string
          detail?: NonNullable<Json>
          id?: never
          kind: string
          order_id: string
        }
        Update: {
          actor?: string
          created_at?: string
          detail?: NonNullable<Json>
          id?: never
          kind?: string
          order_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "order_events_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "order_events_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
        ]
      }
      order_items: {
        Row: {
          cancelled: number
          discount_minor: number
          fulfilled: number
          id: number
          option_values: string[]
          order_id: string
          price_minor: number
          quantity: number
          returned: number
          sku: string
          sold_at: string | null
          tax_minor: number
          tax_rate_bp: number
          title: string
          total_minor: number
          variant_id: string
        }
        Insert: {
          cancelled?: number
          discount_minor?: number
          fulfilled?: number
          id?: never
          option_values: string[]
          order_id: string
          price_minor: number
          quantity: number
          returned?: number
          sku: string
          sold_at?: string | null
          tax_minor: number
          tax_rate_bp: number
          title: string
          total_minor: number
          variant_id: string
        }
        Update: {
          cancelled?: number
          discount_minor?: number
          fulfilled?: number
          id?: never
          option_values?: string[]
          order_id?: string
          price_minor?: number
          quantity?: number
          returned?: number
          sku?: string
          sold_at?: string | null
          tax_minor?: number
          tax_rate_bp?: number
          title?: string
          total_minor?: number
          variant_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "order_items_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "order_items_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "order_items_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "order_items_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      order_picking: {
        Row: {
          leased_until: string | null
          order_id: string
          picker: string | null
          updated_at: string
          version: number
        }
        Insert: {
          leased_until?: string | null
          order_id: string
          picker?: string | null
          updated_at?: string
          version?: number
        }
        Update: {
          leased_until?: string | null
          order_id?: string
          picker?: string | null
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "order_picking_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "order_picking_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
        ]
      }
      order_picks: {
        Row: {
          actor: string
          location_id: string
          order_id: string
          order_item_id: number
          picked: number
          updated_at: string
          version: number
        }
        Insert: {
          actor: string
          location_id: string
          order_id: string
          order_item_id: number
          picked: number
          updated_at?: string
          version?: number
        }
        Update: {
          actor?: string
          location_id?: string
          order_id?: string
          order_item_id?: number
          picked?: number
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "order_picks_location_id_fkey"
            columns: ["location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "order_picks_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "order_picks_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "order_picks_order_item_id_fkey"
            columns: ["order_item_id"]
            referencedRelation: "order_items"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "order_picks_order_item_id_fkey"
            columns: ["order_item_id"]
            referencedRelation: "pick_lines"
            referencedColumns: ["order_item_id"]
          },
        ]
      }
      order_returns: {
        Row: {
          created_at: string
          id: number
          location_id: string
          order_item_id: number
          outcome: Database["public"]["Enums"]["return_outcome"]
          quantity: number
        }
        Insert: {
          created_at?: string
          id?: never
          location_id: string
          order_item_id: number
          outcome: Database["public"]["Enums"]["return_outcome"]
          quantity: number
        }
        Update: {
          created_at?: string
          id?: never
          location_id?: string
          order_item_id?: number
          outcome?: Database["public"]["Enums"]["return_outcome"]
          quantity?: number
        }
        Relationships: [
          {
            foreignKeyName: "order_returns_location_id_fkey"
            columns: ["location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "order_returns_order_item_id_fkey"
            columns: ["order_item_id"]
            referencedRelation: "order_items"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "order_returns_order_item_id_fkey"
            columns: ["order_item_id"]
            referencedRelation: "pick_lines"
            referencedColumns: ["order_item_id"]
          },
        ]
      }
      order_shorts: {
        Row: {
          actor: string
          cancelled: number
          created_at: string
          id: number
          location_id: string
          missing: number
          order_item_id: number
          told_at: string | null
        }
        Insert: {
          actor?: string
          cancelled: number
          created_at?: string
          id?: never
          location_id: string
          missing: number
          order_item_id: number
          told_at?: string | null
        }
        Update: {
          actor?: string
          cancelled?: number
          created_at?: string
          id?: never
          location_id?: string
          missing?: number
          order_item_id?: number
          told_at?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "order_shorts_location_id_fkey"
            columns: ["location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "order_shorts_order_item_id_fkey"
            columns: ["order_item_id"]
            referencedRelation: "order_items"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "order_shorts_order_item_id_fkey"
            columns: ["order_item_id"]
            referencedRelation: "pick_lines"
            referencedColumns: ["order_item_id"]
          },
        ]
      }
      orders: {
        Row: {
          address: Json | null
          cancelled_at: string | null
          collect_at: string | null
          created_at: string
          currency: string
          delivery: Database["public"]["Enums"]["delivery_method"]
          delivery_estimate: string | null
          delivery_minor: number
          delivery_tax_bp: number | null
          discount_id: string | null
          discount_minor: number
          discount_title: string | null
          email: string
          erase_asked_at: string | null
          erased_at: string | null
          guest_hash: string | null
          id: string
          is_walk_in: boolean
          name: string
          network: string | null
          number: number
          phone: string | null
          placed_at: string | null
          status: Database["public"]["Enums"]["order_status"]
          subtotal_minor: number
          tax_minor: number
          token_hash: string | null
          total_minor: number
          units: number
          updated_at: string
          user_id: string | null
          version: number
        }
        Insert: {
          address?: Json | null
          cancelled_at?: string | null
          collect_at?: string | null
          created_at?: string
          currency: string
          delivery: Database["public"]["Enums"]["delivery_method"]
          delivery_estimate?: string | null
          delivery_minor?: number
          delivery_tax_bp?: number | null
          discount_id?: string | null
          discount_minor?: number
          discount_title?: string | null
          email: string
          erase_asked_at?: string | null
          erased_at?: string | null
          guest_hash?: string | null
          id?: string
          is_walk_in?: boolean
          name: string
          network?: string | null
          number?: never
          phone?: string | null
          placed_at?: string | null
          status: Database["public"]["Enums"]["order_status"]
          subtotal_minor?: never
          tax_minor: number
          token_hash?: string | null
          total_minor: number
          units: number
          updated_at?: string
          user_id?: string | null
          version?: number
        }
        Update: {
          address?: Json | null
          cancelled_at?: string | null
          collect_at?: string | null
          created_at?: string
          currency?: string
          delivery?: Database["public"]["Enums"]["delivery_method"]
          delivery_estimate?: string | null
          delivery_minor?: number
          delivery_tax_bp?: number | null
          discount_id?: string | null
          discount_minor?: number
          discount_title?: string | null
          email?: string
          erase_asked_at?: string | null
          erased_at?: string | null
          guest_hash?: string | null
          id?: string
          is_walk_in?: boolean
          name?: string
          network?: string | null
          number?: never
          phone?: string | null
          placed_at?: string | null
          status?: Database["public"]["Enums"]["order_status"]
          subtotal_minor?: never
          tax_minor?: number
          token_hash?: string | null
          total_minor?: number
          units?: number
          updated_at?: string
          user_id?: string | null
          version?: number
        }
        Relationships: []
      }
      payments: {
        Row: {
          amount_minor: number
          attempt_at: string | null
          attention: string | null
          captured_minor: number
          created_at: string
          currency: string
          deadline: string | null
          id: string
          order_id: string
          provider: Database["public"]["Enums"]["payment_provider"]
          provider_error: string | null
          refund_due_minor: number
          refunded_minor: number
          status: Database["public"]["Enums"]["payment_status"]
          taken_as: string | null
          updated_at: string
          version: number
        }
        Insert: {
          amount_minor: number
          attempt_at?: string | null
          attention?: string | null
          captured_minor?: number
          created_at?: string
          currency: string
          deadline?: string | null
          id?: string
          order_id: string
          provider: Database["public"]["Enums"]["payment_provider"]
          provider_error?: string | null
          refund_due_minor?: number
          refunded_minor?: number
          status: Database["public"]["Enums"]["payment_status"]
          taken_as?: string | null
          updated_at?: string
          version?: number
        }
        Update: {
          amount_minor?: number
          attempt_at?: string | null
          attention?: string | null
          captured_minor?: number
          created_at?: string
          currency?: string
          deadline?: string | null
          id?: string
          order_id?: string
          provider?: Database["public"]["Enums"]["payment_provider"]
          provider_error?: string | null
          refund_due_minor?: number
          refunded_minor?: number
          status?: Database["public"]["Enums"]["payment_status"]
          taken_as?: string | null
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "payments_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "payments_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
        ]
      }
      product_addresses: {
        Row: {
          created_at: string
          handle: string
          product_id: string
        }
        Insert: {
          created_at?: string
          handle: string
          product_id: string
        }
        Update: {
          created_at?: string
          handle?: string
          product_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "product_addresses_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "inventory"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "product_addresses_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "product_entries"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "product_addresses_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "product_addresses_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "shop_products"
            referencedColumns: ["id"]
          },
        ]
      }
      product_media: {
        Row: {
          alt: string
          focus_x: number
          focus_y: number
          id: string
          position: number
          product_id: string
          src: string
          variant_id: string | null
        }
        Insert: {
          alt?: string
          focus_x?: number
          focus_y?: number
          id?: string
          position: number
          product_id: string
          src: string
          variant_id?: string | null
        }
        Update: {
          alt?: string
          focus_x?: number
          focus_y?: number
          id?: string
          position?: number
          product_id?: string
          src?: string
          variant_id?: string | null
        }
        Relationships: [
          {
            foreignKeyName: "product_media_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "inventory"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "product_media_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "product_entries"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "product_media_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "product_media_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "shop_products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "product_media_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "product_media_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      products: {
        Row: {
          category: string
          created_at: string
          description_html: string
          handle: string
          id: string
          limited: boolean
          number: number
          option_names: string[]
          position: number
          status: Database["public"]["Enums"]["product_status"]
          tags: string[]
          tax_rate_bp: number
          title: string
          updated_at: string
          vendor: string
          version: number
        }
        Insert: {
          category: string
          created_at?: string
          description_html?: string
          handle: string
          id?: string
          limited?: boolean
          number?: never
          option_names?: string[]
          position?: number
          status?: Database["public"]["Enums"]["product_status"]
          tags?: string[]
          tax_rate_bp?: number
          title: string
          updated_at?: string
          vendor?: string
          version?: number
        }
        Update: {
          category?: string
          created_at?: string
          description_html?: string
          handle?: string
          id?: string
          limited?: boolean
          number?: never
          option_names?: string[]
          position?: number
          status?: Database["public"]["Enums"]["product_status"]
          tags?: string[]
          tax_rate_bp?: number
          title?: string
          updated_at?: string
          vendor?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "products_category_fkey"
            columns: ["category"]
            referencedRelation: "categories"
            referencedColumns: ["slug"]
          },
        ]
      }
      sales_by_minute: {
        Row: {
          cancelled_or_returned: number
          cancelled_or_returned_minor: number
          minute: string
          orders: number
          revenue_minor: number
          stripe: number
          units: number
        }
        Insert: {
          cancelled_or_returned?: number
          cancelled_or_returned_minor?: number
          minute: string
          orders?: number
          revenue_minor?: number
          stripe: number
          units?: number
        }
        Update: {
          cancelled_or_returned?: number
          cancelled_or_returned_minor?: number
          minute?: string
          orders?: number
          revenue_minor?: number
          stripe?: number
          units?: number
        }
        Relationships: []
      }
      sales_by_quarter_hour: {
        Row: {
          cancelled_or_returned: number
          cancelled_or_returned_minor: number
          orders: number
          quarter_hour: string
          revenue_minor: number
          stripe: number
          units: number
        }
        Insert: {
          cancelled_or_returned?: number
          cancelled_or_returned_minor?: number
          orders?: number
          quarter_hour: string
          revenue_minor?: number
          stripe: number
          units?: number
        }
        Update: {
          cancelled_or_returned?: number
          cancelled_or_returned_minor?: number
          orders?: number
          quarter_hour?: string
          revenue_minor?: number
          stripe?: number
          units?: number
        }
        Relationships: []
      }
      sales_by_variant: {
        Row: {
          cancelled: number
          returned: number
          revenue_minor: number
          sold: number
          updated_at: string
          variant_id: string
          version: number
        }
        Insert: {
          cancelled?: number
          returned?: number
          revenue_minor?: number
          sold?: number
          updated_at?: string
          variant_id: string
          version?: number
        }
        Update: {
          cancelled?: number
          returned?: number
          revenue_minor?: number
          sold?: number
          updated_at?: string
          variant_id?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "sales_by_variant_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "sales_by_variant_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      sales_pace: {
        Row: {
          quarter_hour: string
          units: number
          variant_id: string
        }
        Insert: {
          quarter_hour: string
          units: number
          variant_id: string
        }
        Update: {
          quarter_hour?: string
          units?: number
          variant_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "sales_pace_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "sales_pace_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      shelf: {
        Row: {
          band: Database["public"]["Enums"]["shelf_band"]
          left: number | null
          product_id: string
          updated_at: string
          variant_id: string
          version: number
        }
        Insert: {
          band: Database["public"]["Enums"]["shelf_band"]
          left?: number | null
          product_id: string
          updated_at?: string
          variant_id: string
          version?: number
        }
        Update: {
          band?: Database["public"]["Enums"]["shelf_band"]
          left?: number | null
          product_id?: string
          updated_at?: string
          variant_id?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "shelf_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "inventory"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "shelf_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "product_entries"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "shelf_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "shelf_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "shop_products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "shelf_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "shelf_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      shop_settings: {
        Row: {
          accent: string
          address: string
          country: string
          currency: string
          description: string
          email: string
          hero_alt: string
          hero_picture: string
          hero_text: string
          hero_title: string
          line: string
          locale: string
          low_stock_at: number
          name: string
          only_row: boolean
          phone: string
          return_days: number
          return_fees: string
          search_language: string
          search_synonyms: string
          stock_broadcast: boolean
          tax_number: string
          tax_rate_bp: number
          time_zone: string
          typeface: string
          updated_at: string
          version: number
        }
        Insert: {
          accent?: string
          address?: string
          country?: string
          currency?: string
          description?: string
          email?: string
          hero_alt?: string
          hero_picture?: string
          hero_text?: string
          hero_title?: string
          line?: string
          locale?: string
          low_stock_at?: number
          name?: string
          only_row?: boolean
          phone?: string
          return_days?: number
          return_fees?: string
          search_language?: string
          search_synonyms?: string
          stock_broadcast?: boolean
          tax_number?: string
          tax_rate_bp?: number
          time_zone?: string
          typeface?: string
          updated_at?: string
          version?: number
        }
        Update: {
          accent?: string
          address?: string
          country?: string
          currency?: string
          description?: string
          email?: string
          hero_alt?: string
          hero_picture?: string
          hero_text?: string
          hero_title?: string
          line?: string
          locale?: string
          low_stock_at?: number
          name?: string
          only_row?: boolean
          phone?: string
          return_days?: number
          return_fees?: string
          search_language?: string
          search_synonyms?: string
          stock_broadcast?: boolean
          tax_number?: string
          tax_rate_bp?: number
          time_zone?: string
          typeface?: string
          updated_at?: string
          version?: number
        }
        Relationships: []
      }
      staff: {
        Row: {
          active: boolean
          created_at: string
          email: string
          location_ids: string[] | null
          name: string
          role: Database["public"]["Enums"]["staff_role"]
          signed_out_at: string | null
          updated_at: string
          user_id: string
          version: number
        }
        Insert: {
          active?: boolean
          created_at?: string
          email: string
          location_ids?: string[] | null
          name: string
          role: Database["public"]["Enums"]["staff_role"]
          signed_out_at?: string | null
          updated_at?: string
          user_id: string
          version?: number
        }
        Update: {
          active?: boolean
          created_at?: string
          email?: string
          location_ids?: string[] | null
          name?: string
          role?: Database["public"]["Enums"]["staff_role"]
          signed_out_at?: string | null
          updated_at?: string
          user_id?: string
          version?: number
        }
        Relationships: []
      }
      staff_invitations: {
        Row: {
          accepted_at: string | null
          created_at: string
          email: string
          expires_at: string
          id: string
          invited_by: string
          location_ids: string[] | null
          name: string
          revoked_at: string | null
          role: Database["public"]["Enums"]["staff_role"]
          secret_hash: string
          updated_at: string
          version: number
        }
        Insert: {
          accepted_at?: string | null
          created_at?: string
          email: string
          expires_at: string
          id?: string
          invited_by?: string
          location_ids?: string[] | null
          name: string
          revoked_at?: string | null
          role: Database["public"]["Enums"]["staff_role"]
          secret_hash: string
          updated_at?: string
          version?: number
        }
        Update: {
          accepted_at?: string | null
          created_at?: string
          email?: string
          expires_at?: string
          id?: string
          invited_by?: string
          location_ids?: string[] | null
          name?: string
          revoked_at?: string | null
          role?: Database["public"]["Enums"]["staff_role"]
          secret_hash?: string
          updated_at?: string
          version?: number
        }
        Relationships: []
      }
      stock_levels: {
        Row: {
          available: number
          committed: number
          held: number
          ledger_position: number
          location_id: string
          on_hand: number
          safety: number
          updated_at: string
          variant_id: string
          version: number
        }
        Insert: {
          available?: number
          committed?: number
          held?: number
          ledger_position?: number
          location_id: string
          on_hand?: number
          safety?: number
          updated_at?: string
          variant_id: string
          version?: number
        }
        Update: {
          available?: number
          committed?: number
          held?: number
          ledger_position?: number
          location_id?: string
          on_hand?: number
          safety?: number
          updated_at?: string
          variant_id?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "stock_levels_location_id_fkey"
            columns: ["location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "stock_levels_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "stock_levels_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      stock_movements: {
        Row: {
          actor: string
          created_at: string
          delta: number
          document: string | null
          id: number
          location_id: string
          note: string | null
          reason: Database["public"]["Enums"]["movement_reason"]
          source_id: string | null
          source_kind: Database["public"]["Enums"]["movement_source"]
          variant_id: string
        }
        Insert: {
          actor?: string
          created_at?: string
          delta: number
          document?: string | null
          id?: never
          location_id: string
          note?: string | null
          reason: Database["public"]["Enums"]["movement_reason"]
          source_id?: string | null
          source_kind?: Database["public"]["Enums"]["movement_source"]
          variant_id: string
        }
        Update: {
          actor?: string
          created_at?: string
          delta?: number
          document?: string | null
          id?: never
          location_id?: string
          note?: string | null
          reason?: Database["public"]["Enums"]["movement_reason"]
          source_id?: string | null
          source_kind?: Database["public"]["Enums"]["movement_source"]
          variant_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "stock_movements_location_id_fkey"
            columns: ["location_id"]
            referencedRelation: "locations"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "stock_movements_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "stock_movements_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      stock_totals: {
        Row: {
          committed: number
          held: number
          held_minor: number
          on_hand: number
          on_hand_minor: number
          stripe: number
        }
        Insert: {
          committed?: number
          held?: number
          held_minor?: number
          on_hand?: number
          on_hand_minor?: number
          stripe: number
        }
        Update: {
          committed?: number
          held?: number
          held_minor?: number
          on_hand?: number
          on_hand_minor?: number
          stripe?: number
        }
        Relationships: []
      }
      tax_rates: {
        Row: {
          category: string | null
          country: string | null
          id: string
          rate_bp: number
        }
        Insert: {
          category?: string | null
          country?: string | null
          id?: string
          rate_bp: number
        }
        Update: {
          category?: string | null
          country?: string | null
          id?: string
          rate_bp?: number
        }
        Relationships: [
          {
            foreignKeyName: "tax_rates_category_fkey"
            columns: ["category"]
            referencedRelation: "categories"
            referencedColumns: ["slug"]
          },
        ]
      }
      variants: {
        Row: {
          active: boolean
          barcode: string | null
          compare_at_minor: number | null
          created_at: string
          currency: string
          id: string
          limit_per_person: number | null
          option_values: string[]
          position: number
          price_minor: number
          product_id: string
          sku: string
          updated_at: string
          version: number
        }
        Insert: {
          active?: boolean
          barcode?: string | null
          compare_at_minor?: number | null
          created_at?: string
          currency?: string
          id?: string
          limit_per_person?: number | null
          option_values?: string[]
          position?: number
          price_minor: number
          product_id: string
          sku: string
          updated_at?: string
          version?: number
        }
        Update: {
          active?: boolean
          barcode?: string | null
          compare_at_minor?: number | null
          created_at?: string
          currency?: string
          id?: string
          limit_per_person?: number | null
          option_values?: string[]
          position?: number
          price_minor?: number
          product_id?: string
          sku?: string
          updated_at?: string
          version?: number
        }
        Relationships: [
          {
            foreignKeyName: "variants_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "inventory"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "variants_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "product_entries"
            referencedColumns: ["product_id"]
          },
          {
            foreignKeyName: "variants_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "products"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "variants_product_id_fkey"
            columns: ["product_id"]
            referencedRelation: "shop_products"
            referencedColumns: ["id"]
          },
        ]
      }
      withdrawals: {
        Row: {
          asked_at: string
          order_id: string
        }
        Insert: {
          asked_at?: string
          order_id: string
        }
        Update: {
          asked_at?: string
          order_id?: string
        }
        Relationships: [
          {
            foreignKeyName: "withdrawals_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "withdrawals_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
        ]
      }
    }
    Views: {
      inventory: {
        Row: {
          active: boolean | null
          band: Database["public"]["Enums"]["shelf_band"] | null
          barcode: string | null
          category: string | null
          handle: string | null
          left: number | null
          levels: Json | null
          option_names: string[] | null
          option_values: string[] | null
          picture: string | null
          product_id: string | null
          shelf_version: number | null
          sku: string | null
          status: Database["public"]["Enums"]["product_status"] | null
          title: string | null
          variant_id: string | null
        }
        Relationships: [
          {
            foreignKeyName: "products_category_fkey"
            columns: ["category"]
            referencedRelation: "categories"
            referencedColumns: ["slug"]
          },
        ]
      }
      order_queue: {
        Row: {
          collect_at: string | null
          created_at: string | null
          currency: string | null
          delivery: Database["public"]["Enums"]["delivery_method"] | null
          email: string | null
          leased_until: string | null
          locations: string[] | null
          name: string | null
          number: number | null
          order_id: string | null
          payment: Database["public"]["Enums"]["payment_status"] | null
          picker: string | null
          provider: Database["public"]["Enums"]["payment_provider"] | null
          ready: number | null
          scanned: number | null
          stage: string | null
          status: Database["public"]["Enums"]["order_status"] | null
          to_pick: number | null
          total_minor: number | null
          troubles: string[] | null
          units: number | null
          version: number | null
        }
        Relationships: []
      }
      order_troubles: {
        Row: {
          order_id: string | null
          since: string | null
          trouble: string | null
        }
        Relationships: []
      }
      pick_lines: {
        Row: {
          barcode: string | null
          fulfilled: number | null
          location_id: string | null
          option_values: string[] | null
          order_id: string | null
          order_item_id: number | null
          picked: number | null
          picture: string | null
          price_minor: number | null
          quantity: number | null
          sku: string | null
          title: string | null
          variant_id: string | null
          version: number | null
        }
        Relationships: [
          {
            foreignKeyName: "order_items_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "order_queue"
            referencedColumns: ["order_id"]
          },
          {
            foreignKeyName: "order_items_order_id_fkey"
            columns: ["order_id"]
            referencedRelation: "orders"
            referencedColumns: ["id"]
          },
          {
            foreignKeyName: "order_items_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "inventory"
            referencedColumns: ["variant_id"]
          },
          {
            foreignKeyName: "order_items_variant_id_fkey"
            columns: ["variant_id"]
            referencedRelation: "variants"
            referencedColumns: ["id"]
          },
        ]
      }
      product_entries: {
        Row: {
          category: string | null
          currency: string | null
          handle: string | null
          highest_minor: number | null
          limited: boolean | null
          lowest_minor: number | null
          picture: string | null
          product_id: string | null
          status: Database["public"]["Enums"]["product_status"] | null
          title: string | null
          updated_at: string | null
          variants: number | null
          version: number | null
        }
        Relationships: [
          {
            foreignKeyName: "products_category_fkey"
            columns: ["category"]
            referencedRelation: "categories"
            referencedColumns: ["slug"]
          },
        ]
      }
      shop_products: {
        Row: {
          category: string | null
          category_title: string | null
          changed_at: string | null
          description_html: string | null
          first_picture: Json | null
          handle: string | null
          highest_price_minor: number | null
          id: string | null
          limited: boolean | null
          lowest_price: Json | null
          number: number | null
          option_names: string[] | null
          pictures: Json | null
          position: number | null
          tags: string[] | null
          title: string | null
          updated_at: string | null
          variants: Json | null
          vendor: string | null
        }
        Relationships: [
          {
            foreignKeyName: "products_category_fkey"
            columns: ["category"]
            referencedRelation: "categories"
            referencedColumns: ["slug"]
          },
        ]
      }
      shop_sitemaps: {
        Row: {
          changed_at: string | null
          part: number | null
        }
        Relationships: []
      }
    }
    Functions: {
      abandon_count: {
        Args: { count_id: string; idempotency_key: string }
        Returns: {
          blind: boolean
          category: string | null
          created_at: string
          decided_by: string | null
          id: string
          location_id: string
          number: number
          shelf: string | null
          slack: string
          started_by: string
          status: Database["public"]["Enums"]["count_status"]
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "counts"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      accept_invitation: {
        Args: { secret: string }
        Returns: {
          active: boolean
          created_at: string
          email: string
          location_ids: string[] | null
          name: string
          role: Database["public"]["Enums"]["staff_role"]
          signed_out_at: string | null
          updated_at: string
          user_id: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "staff"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      accept_offer: {
        Args: {
          cart_token?: string
          idempotency_key: string
          network?: string
          waitlist_token: string
        }
        Returns: Json
      }
      acknowledge_alert: {
        Args: { alert_id: number; idempotency_key: string }
        Returns: Json
      }
      add_customer_note: {
        Args: { body: string; idempotency_key: string; order_id: string }
        Returns: Json
      }
      add_variant: {
        Args: {
          idempotency_key: string
          option_values: string[]
          price_minor: number
          product_id: string
          sku: string
        }
        Returns: Json
      }
      adjust_levels: {
        Args: {
          idempotency_key: string
          lines: Json
          note?: string
          reason: Database["public"]["Enums"]["movement_reason"]
        }
        Returns: Json
      }
      adjust_stock: {
        Args: {
          delta: number
          document?: string
          idempotency_key: string
          location_id: string
          note?: string
          reason: Database["public"]["Enums"]["movement_reason"]
          variant_id: string
        }
        Returns: {
          available: number
          committed: number
          held: number
          ledger_position: number
          location_id: string
          on_hand: number
          safety: number
          updated_at: string
          variant_id: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "stock_levels"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      adopt_cart: { Args: { cart_token: string }; Returns: Json }
      adopt_order: {
        Args: { order_id: string; order_token: string }
        Returns: Json
      }
      announce_delivery: {
        Args: {
          document?: string
          expected_on?: string
          idempotency_key: string
          lines: Json
          supplier: string
          to_location_id: string
        }
        Returns: {
          actor: string
          created_at: string
          document: string | null
          expected_on: string | null
          from_location_id: string | null
          id: string
          number: number
          status: Database["public"]["Enums"]["delivery_status"]
          supplier: string | null
          to_location_id: string
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "deliveries"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      answer_asks: {
        Args: {
          answer: Database["public"]["Enums"]["import_answer"]
          import_id: string
          kind: string
        }
        Returns: number
      }
      answer_count: {
        Args: { count_id: string; had_happened: boolean; movement_id: number }
        Returns: undefined
      }
      answer_import: {
        Args: {
          choice: Database["public"]["Enums"]["import_choice"]
          import_id: string
          line?: number
        }
        Returns: undefined
      }
      answer_shopper: {
        Args: {
          body: string
          conversation_id: string
          idempotency_key: string
          is_note?: boolean
        }
        Returns: Json
      }
      apply_discount: {
        Args: { cart_token?: string; code: string; network?: string }
        Returns: Json
      }
      apply_import: {
        Args: { idempotency_key: string; import_id: string; seen?: string }
        Returns: {
          actor: string
          applied_at: string | null
          created_at: string
          discarded_at: string | null
          discarded_by: string | null
          document: string
          file_name: string
          id: string
          kept_columns: string[]
          kind: Database["public"]["Enums"]["import_kind"]
          location_id: string | null
          number: number
          problems: NonNullable<Json>
          reverts: string | null
          summary: Json | null
          updated_at: string
          version: number
          warnings: string[]
        }
        SetofOptions: {
          from: "*"
          to: "imports"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      approve_count: {
        Args: { count_id: string; idempotency_key: string; left_out?: string[] }
        Returns: {
          blind: boolean
          category: string | null
          created_at: string
          decided_by: string | null
          id: string
          location_id: string
          number: number
          shelf: string | null
          slack: string
          started_by: string
          status: Database["public"]["Enums"]["count_status"]
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "counts"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      ask_shop: {
        Args: {
          about: Database["public"]["Enums"]["conversation_about"]
          about_id?: string
          body: string
          cart_token?: string
          idempotency_key: string
          network?: string
          order_token?: string
        }
        Returns: Json
      }
      ask_withdrawal: {
        Args: {
          idempotency_key: string
          items?: string
          order_id: string
          order_token?: string
        }
        Returns: Json
      }
      assign_alert: {
        Args: { alert_id: number; idempotency_key: string; owner: string }
        Returns: Json
      }
      beat: { Args: { number: number; server: string }; Returns: Json }
      begin_import: {
        Args: {
          file_name: string
          idempotency_key: string
          kept_columns?: string[]
          kind?: Database["public"]["Enums"]["import_kind"]
          location_id?: string
          problems?: Json
          warnings?: string[]
        }
        Returns: {
          actor: string
          applied_at: string | null
          created_at: string
          discarded_at: string | null
          discarded_by: string | null
          document: string
          file_name: string
          id: string
          kept_columns: string[]
          kind: Database["public"]["Enums"]["import_kind"]
          location_id: string | null
          number: number
          problems: NonNullable<Json>
          reverts: string | null
          summary: Json | null
          updated_at: string
          version: number
          warnings: string[]
        }
        SetofOptions: {
          from: "*"
          to: "imports"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      begin_revert: {
        Args: { import_id: string }
        Returns: {
          actor: string
          applied_at: string | null
          created_at: string
          discarded_at: string | null
          discarded_by: string | null
          document: string
          file_name: string
          id: string
          kept_columns: string[]
          kind: Database["public"]["Enums"]["import_kind"]
          location_id: string | null
          number: number
          problems: NonNullable<Json>
          reverts: string | null
          summary: Json | null
          updated_at: string
          version: number
          warnings: string[]
        }
        SetofOptions: {
          from: "*"
          to: "imports"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      block_caller: {
        Args: {
          cart_id?: string
          hours?: number
          idempotency_key: string
          network?: string
          reason: string
        }
        Returns: Json
      }
      broadcast_shelf: { Args: { variant_ids: string[] }; Returns: undefined }
      cancel_order: {
        Args: {
          idempotency_key: string
          order_id: string
          order_token?: string
          reason?: string
        }
        Returns: Json
      }
      cancel_unpaid_orders: {
        Args: {
          email?: string
          expected: number
          idempotency_key: string
          network?: string
          since?: string
        }
        Returns: Json
      }
      cart_units: {
        Args: { cart: string }
        Returns: {
          cart_id: string
          units: number
          version: number
        }[]
      }
      change_agent_session: {
        Args: {
          choices?: Json
          idempotency_key: string
          payment?: Json
          request: string
          session_token: string
        }
        Returns: Json
      }
      change_conversation: {
        Args: {
          assign?: boolean
          conversation_id: string
          idempotency_key: string
          status?: Database["public"]["Enums"]["conversation_status"]
        }
        Returns: Json
      }
      change_parcel: {
        Args: {
          hand_over: number
          idempotency_key: string
          order_id: string
          parcel: Json
        }
        Returns: Json
      }
      change_staff_member: {
        Args: {
          active: boolean
          idempotency_key: string
          location_ids?: string[]
          role: Database["public"]["Enums"]["staff_role"]
          seen: number
          sure?: boolean
          user_id: string
        }
        Returns: {
          active: boolean
          created_at: string
          email: string
          location_ids: string[] | null
          name: string
          role: Database["public"]["Enums"]["staff_role"]
          signed_out_at: string | null
          updated_at: string
          user_id: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "staff"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      check_inventory: { Args: Record<PropertyKey, never>; Returns: number }
      claim_next_order: {
        Args: { idempotency_key: string; location_id?: string }
        Returns: Json
      }
      claim_order: {
        Args: { idempotency_key: string; order_id: string }
        Returns: {
          leased_until: string | null
          order_id: string
          picker: string | null
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "order_picking"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      close_delivery: {
        Args: { delivery_id: string; idempotency_key: string; shorts?: Json }
        Returns: {
          actor: string
          created_at: string
          document: string | null
          expected_on: string | null
          from_location_id: string | null
          id: string
          number: number
          status: Database["public"]["Enums"]["delivery_status"]
          supplier: string | null
          to_location_id: string
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "deliveries"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      confirm_order: {
        Args: { idempotency_key: string; order_id: string }
        Returns: Json
      }
      confirm_waitlist: { Args: { waitlist_token: string }; Returns: Json }
      count_bands: {
        Args: Record<PropertyKey, never>
        Returns: {
          band: Database["public"]["Enums"]["shelf_band"]
          variants: number
        }[]
      }
      count_open_orders: {
        Args: Record<PropertyKey, never>
        Returns: {
          orders: number
          stage: string
        }[]
      }
      count_pairs: { Args: { at_most?: number }; Returns: number }
      count_unpaid_orders: {
        Args: { email?: string; network?: string; since?: string }
        Returns: Json
      }
      create_product: {
        Args: { idempotency_key: string; product: Json }
        Returns: string
      }
      discard_import: { Args: { import_id: string }; Returns: boolean }
      end_agent_session: {
        Args: { order_id?: string; session_token: string; status: string }
        Returns: Json
      }
      end_holds: {
        Args: { idempotency_key: string; lines: Json }
        Returns: Json
      }
      erase_account: {
        Args: { idempotency_key: string; user_id?: string }
        Returns: Json
      }
      erase_order: {
        Args: { idempotency_key: string; order_id: string; order_token: string }
        Returns: Json
      }
      explain_quantity: {
        Args: {
          at?: string
          location_id: string
          quantity: string
          variant_id: string
        }
        Returns: Json
      }
      export_account: { Args: Record<PropertyKey, never>; Returns: Json }
      extend_hold: {
        Args: { cart_token?: string; network?: string }
        Returns: Json
      }
      fail_payment_work: {
        Args: {
          error: string
          is_final?: boolean
          lease: string
          payment_id: string
        }
        Returns: boolean
      }
      find_alerts: { Args: Record<PropertyKey, never>; Returns: number }
      find_by_codes: {
        Args: { codes: string[] }
        Returns: {
          choices: Json
          code: string
        }[]
      }
      find_for_staff: { Args: { query: string }; Returns: Json }
      find_products: {
        Args: {
          filters?: Json
          first?: number
          query: string
          size?: number
          sort?: string
        }
        Returns: Json
      }
      forget_old_rows: { Args: { at_most?: number }; Returns: Json }
      fulfil_order: {
        Args: {
          idempotency_key: string
          lines?: Json
          location_id: string
          order_id: string
          parcel?: Json
          taken_as?: string
        }
        Returns: Json
      }
      give_refund: {
        Args: { idempotency_key: string; order_id: string }
        Returns: Json
      }
      hand_over_agent_session: {
        Args: { cart_token: string; session_id: string }
        Returns: boolean
      }
      hold_stock: {
        Args: {
          cart_token?: string
          idempotency_key: string
          network?: string
          quantity: number
          variant_id: string
        }
        Returns: Json
      }
      hold_stocks: { Args: { requests: Json }; Returns: Json }
      inspect_return: {
        Args: { idempotency_key: string; restocked: number; return_id: number }
        Returns: Json
      }
      invite_staff_member: {
        Args: {
          email: string
          idempotency_key: string
          location_ids?: string[]
          name: string
          role: Database["public"]["Enums"]["staff_role"]
          secret: string
        }
        Returns: string
      }
      is_own_order: { Args: { order_id: string }; Returns: boolean }
      join_waitlist: {
        Args: {
          email?: string
          idempotency_key: string
          network?: string
          variant_id: string
        }
        Returns: Json
      }
      leave_waitlist: { Args: { waitlist_token: string }; Returns: boolean }
      mark_delivered: {
        Args: {
          delivered: boolean
          hand_over: number
          idempotency_key: string
          order_id: string
        }
        Returns: Json
      }
      merge_customer: {
        Args: { idempotency_key: string; order_id: string }
        Returns: Json
      }
      note_stripe_event: {
        Args: { event_id: string; intent_id: string; kind: string }
        Returns: Json
      }
      offer_cards: { Args: Record<PropertyKey, never>; Returns: boolean }
      open_agent_session: {
        Args: {
          agent: string
          cart_token: string
          choices: Json
          network: string
          request: string
          session_token: string
        }
        Returns: Json
      }
      own_consent: { Args: { given?: boolean }; Returns: boolean }
      own_staff_role: {
        Args: Record<PropertyKey, never>
        Returns: Database["public"]["Enums"]["staff_role"]
      }
      payment_intent: {
        Args: { intent_id?: string; payment_id: string }
        Returns: Json
      }
      pick_units: {
        Args: {
          code: string
          idempotency_key: string
          location_id: string
          order_id: string
          quantity: number
        }
        Returns: {
          actor: string
          location_id: string
          order_id: string
          order_item_id: number
          picked: number
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "order_picks"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      place_order: {
        Args: {
          cart_token?: string
          contact: Json
          delivery: Json
          expected_total_minor?: number
          idempotency_key: string
          network?: string
          order_token?: string
          payment: Database["public"]["Enums"]["payment_provider"]
          proof?: boolean
        }
        Returns: Json
      }
      place_orders: { Args: { requests: Json }; Returns: Json }
      preview_import: {
        Args: { first_changes?: number; import_id: string }
        Returns: Json
      }
      queue_auth_mail: {
        Args: {
          kind: string
          new_address?: string
          recipient: string
          request: string
          token: string
        }
        Returns: boolean
      }
      quote_cart: {
        Args: { cart_token?: string; delivery?: Json }
        Returns: Json
      }
      quote_sale: { Args: { lines: Json; location_id: string }; Returns: Json }
      read_agent_session: { Args: { session_token: string }; Returns: Json }
      read_cart: { Args: { cart_token?: string }; Returns: Json }
      read_conversation: {
        Args: { cart_token?: string; conversation_id: string }
        Returns: Json
      }
      read_count: { Args: { count_id: string }; Returns: Json }
      read_customer: {
        Args: { before?: number; order_id: string }
        Returns: Json
      }
      read_customers: {
        Args: { before?: number; size?: number; words?: string }
        Returns: Json
      }
      read_dashboard: { Args: { at: string; edges: string[] }; Returns: Json }
      read_delivery: { Args: { delivery_id: string }; Returns: Json }
      read_desk_conversation: {
        Args: { conversation_id: string }
        Returns: Json
      }
      read_holds: {
        Args: { cart_id?: string; network?: string; variant_id?: string }
        Returns: Json
      }
      read_inbox: {
        Args: { status: Database["public"]["Enums"]["conversation_status"] }
        Returns: Json
      }
      read_invitation: { Args: { secret: string }; Returns: Json }
      read_last_contact: { Args: Record<PropertyKey, never>; Returns: Json }
      read_mail: { Args: Record<PropertyKey, never>; Returns: Json }
      read_order: {
        Args: { order_id: string; order_token?: string }
        Returns: Json
      }
      read_own_conversations: { Args: { cart_token?: string }; Returns: Json }
      read_own_orders: { Args: { page?: number }; Returns: Json }
      read_product: { Args: { product_id: string }; Returns: Json }
      read_sales_report: {
        Args: { first_day: string; last_day: string; step: string }
        Returns: Json
      }
      read_shelf: {
        Args: { product_ids?: string[]; variant_ids?: string[] }
        Returns: Json
      }
      read_shop_settings: { Args: Record<PropertyKey, never>; Returns: Json }
      read_trail: {
        Args: {
          before_at?: string
          before_key?: string
          since?: string
          size?: number
          until?: string
          what?: string
          who?: string
          words?: string
        }
        Returns: {
          action: string
          actor: string
          actor_name: string
          after: Json
          at: string
          before: Json
          key: string
          label: string
          subject: string
          subject_id: string
        }[]
      }
      read_waitlist: { Args: { variant_id: string }; Returns: Json }
      read_waitlist_entry: { Args: { waitlist_token: string }; Returns: Json }
      receive_delivery: {
        Args: {
          delivery_id: string
          difference?: Database["public"]["Enums"]["delivery_difference"]
          idempotency_key: string
          lines: Json
        }
        Returns: {
          actor: string
          created_at: string
          document: string | null
          expected_on: string | null
          from_location_id: string | null
          id: string
          number: number
          status: Database["public"]["Enums"]["delivery_status"]
          supplier: string | null
          to_location_id: string
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "deliveries"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      receive_payment_event: {
        Args: { payload: string; signature: string }
        Returns: Json
      }
      receive_stock: {
        Args: {
          document: string
          idempotency_key: string
          lines: Json
          location_id: string
          note?: string
        }
        Returns: {
          available: number
          committed: number
          held: number
          ledger_position: number
          location_id: string
          on_hand: number
          safety: number
          updated_at: string
          variant_id: string
          version: number
        }[]
        SetofOptions: {
          from: "*"
          to: "stock_levels"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      record_consent: {
        Args: { given: boolean; idempotency_key: string; order_id: string }
        Returns: Json
      }
      record_count: { Args: { count_id: string; entries: Json }; Returns: Json }
      record_intent: { Args: { facts: Json }; Returns: Json }
      recount_stock: {
        Args: {
          counted: number
          document?: string
          expected: number
          idempotency_key: string
          ledger_position?: number
          location_id: string
          note?: string
          variant_id: string
        }
        Returns: {
          available: number
          committed: number
          held: number
          ledger_position: number
          location_id: string
          on_hand: number
          safety: number
          updated_at: string
          variant_id: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "stock_levels"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      refund_more: {
        Args: {
          amount_minor: number
          idempotency_key: string
          order_id: string
          reason: string
        }
        Returns: Json
      }
      release_claim: {
        Args: { idempotency_key: string; order_id: string }
        Returns: {
          leased_until: string | null
          order_id: string
          picker: string | null
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "order_picking"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      release_expired_holds: { Args: { at_most?: number }; Returns: number }
      release_hold: {
        Args: {
          cart_token?: string
          idempotency_key: string
          quantity?: number
          variant_id: string
        }
        Returns: Json
      }
      remove_category: {
        Args: { idempotency_key: string; slug: string }
        Returns: string
      }
      remove_delivery_zone: {
        Args: {
          expected_version: number
          idempotency_key: string
          zone_id: string
        }
        Returns: Json
      }
      remove_discount: { Args: { cart_token?: string }; Returns: Json }
      renew_claim: {
        Args: { order_id: string }
        Returns: {
          leased_until: string | null
          order_id: string
          picker: string | null
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "order_picking"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      renew_invitation: {
        Args: { idempotency_key: string; invitation_id: string; secret: string }
        Returns: string
      }
      retry_payment: {
        Args: { idempotency_key: string; order_id: string }
        Returns: Json
      }
      return_items: {
        Args: {
          idempotency_key: string
          lines: Json
          location_id: string
          order_id: string
        }
        Returns: Json
      }
      reverse_count: {
        Args: { count_id: string; idempotency_key: string }
        Returns: {
          blind: boolean
          category: string | null
          created_at: string
          decided_by: string | null
          id: string
          location_id: string
          number: number
          shelf: string | null
          slack: string
          started_by: string
          status: Database["public"]["Enums"]["count_status"]
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "counts"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      revoke_invitation: { Args: { invitation_id: string }; Returns: undefined }
      row_limit_probe: { Args: Record<PropertyKey, never>; Returns: number[] }
      save_category: {
        Args: {
          expected: number
          fields: Json
          idempotency_key: string
          slug: string
        }
        Returns: Json
      }
      save_delivery_zone: {
        Args: {
          expected_version?: number
          idempotency_key: string
          zone: Json
          zone_id?: string
        }
        Returns: Json
      }
      save_discount: {
        Args: {
          discount: Json
          discount_id?: string
          expected_version?: number
          idempotency_key: string
        }
        Returns: Json
      }
      save_location: {
        Args: {
          expected: number
          fields: Json
          idempotency_key: string
          location_id: string
        }
        Returns: Json
      }
      save_product: {
        Args: {
          changes: Json
          expected: Json
          idempotency_key: string
          product_id: string
        }
        Returns: Json
      }
      save_shop_settings: {
        Args: { changes: Json; expected: number; idempotency_key: string }
        Returns: Json
      }
      schema_version: { Args: Record<PropertyKey, never>; Returns: string }
      search_inventory: {
        Args: {
          after?: string
          band?: Database["public"]["Enums"]["shelf_band"]
          category?: string
          levels_at?: string[]
          location_id?: string
          query?: string
          size?: number
        }
        Returns: {
          active: boolean | null
          band: Database["public"]["Enums"]["shelf_band"] | null
          barcode: string | null
          category: string | null
          handle: string | null
          left: number | null
          levels: Json | null
          option_names: string[] | null
          option_values: string[] | null
          picture: string | null
          product_id: string | null
          shelf_version: number | null
          sku: string | null
          status: Database["public"]["Enums"]["product_status"] | null
          title: string | null
          variant_id: string | null
        }[]
        SetofOptions: {
          from: "*"
          to: "inventory"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      search_orders: {
        Args: {
          after?: string
          location_id?: string
          paid?: boolean
          query?: string
          size?: number
          stage?: string
        }
        Returns: {
          collect_at: string | null
          created_at: string | null
          currency: string | null
          delivery: Database["public"]["Enums"]["delivery_method"] | null
          email: string | null
          leased_until: string | null
          locations: string[] | null
          name: string | null
          number: number | null
          order_id: string | null
          payment: Database["public"]["Enums"]["payment_status"] | null
          picker: string | null
          provider: Database["public"]["Enums"]["payment_provider"] | null
          ready: number | null
          scanned: number | null
          stage: string | null
          status: Database["public"]["Enums"]["order_status"] | null
          to_pick: number | null
          total_minor: number | null
          troubles: string[] | null
          units: number | null
          version: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "order_queue"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      search_products: {
        Args: {
          after?: string
          category?: string
          query?: string
          size?: number
          status?: Database["public"]["Enums"]["product_status"]
        }
        Returns: {
          category: string | null
          currency: string | null
          handle: string | null
          highest_minor: number | null
          limited: boolean | null
          lowest_minor: number | null
          picture: string | null
          product_id: string | null
          status: Database["public"]["Enums"]["product_status"] | null
          title: string | null
          updated_at: string | null
          variants: number | null
          version: number | null
        }[]
        SetofOptions: {
          from: "*"
          to: "product_entries"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      sell_at_counter: {
        Args: {
          expected_total_minor: number
          idempotency_key: string
          lines: Json
          location_id: string
          taken_as: string
        }
        Returns: Json
      }
      send_mail_again: {
        Args: { idempotency_key: string; message_ids: number[] }
        Returns: number
      }
      send_message: {
        Args: {
          body: string
          cart_token?: string
          conversation_id: string
          idempotency_key: string
          network?: string
        }
        Returns: Json
      }
      send_transfer: {
        Args: {
          document?: string
          from_location_id: string
          idempotency_key: string
          lines: Json
          to_location_id: string
        }
        Returns: {
          actor: string
          created_at: string
          document: string | null
          expected_on: string | null
          from_location_id: string | null
          id: string
          number: number
          status: Database["public"]["Enums"]["delivery_status"]
          supplier: string | null
          to_location_id: string
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "deliveries"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      separate_customer: {
        Args: { idempotency_key: string; order_id: string }
        Returns: Json
      }
      set_delivery_tax: {
        Args: { idempotency_key: string; tax_rate_bp?: number }
        Returns: Json
      }
      set_location_active: {
        Args: { active: boolean; idempotency_key: string; location_id: string }
        Returns: Json
      }
      set_safety_stock: {
        Args: {
          idempotency_key: string
          location_id: string
          units: number
          variant_id: string
        }
        Returns: {
          available: number
          committed: number
          held: number
          ledger_position: number
          location_id: string
          on_hand: number
          safety: number
          updated_at: string
          variant_id: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "stock_levels"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      set_tax_rate: {
        Args: {
          category?: string
          country?: string
          idempotency_key: string
          rate_bp?: number
        }
        Returns: Json
      }
      settle_mail: {
        Args: {
          error?: string
          is_final?: boolean
          lease: string
          message_id: number
        }
        Returns: boolean
      }
      settle_shorts: {
        Args: { idempotency_key: string; order_id: string }
        Returns: Json
      }
      settle_withdrawal: {
        Args: { idempotency_key: string; order_id: string }
        Returns: Json
      }
      short_pick: {
        Args: {
          idempotency_key: string
          location_id: string
          missing: number
          order_id: string
          order_item_id: number
        }
        Returns: Json
      }
      sign_out_everywhere: { Args: { user_id: string }; Returns: number }
      sign_sandbox_event: { Args: { payload: string }; Returns: string }
      snooze_alert: {
        Args: { alert_id: number; hours: number; idempotency_key: string }
        Returns: Json
      }
      sort_categories: {
        Args: { idempotency_key: string; slugs: string[] }
        Returns: number
      }
      sort_locations: {
        Args: { idempotency_key: string; location_ids: string[] }
        Returns: number
      }
      stage_import: {
        Args: { import_id: string; products: Json }
        Returns: number
      }
      stage_levels: {
        Args: { import_id: string; levels: Json }
        Returns: number
      }
      start_card_payment: { Args: { payment_id: string }; Returns: boolean }
      start_count: {
        Args: {
          blind: boolean
          category?: string
          idempotency_key: string
          location_id: string
          shelf?: string
        }
        Returns: {
          blind: boolean
          category: string | null
          created_at: string
          decided_by: string | null
          id: string
          location_id: string
          number: number
          shelf: string | null
          slack: string
          started_by: string
          status: Database["public"]["Enums"]["count_status"]
          updated_at: string
          version: number
        }
        SetofOptions: {
          from: "*"
          to: "counts"
          isOneToOne: true
          isSetofReturn: false
        }
      }
      suggest_products: { Args: { query: string }; Returns: Json }
      take_mail: { Args: { at_most?: number }; Returns: Json }
      take_payment: {
        Args: { idempotency_key: string; order_id: string; taken_as?: string }
        Returns: Json
      }
      take_payment_work: { Args: { at_most?: number }; Returns: Json }
      take_turn: {
        Args: { guest?: string; kind: string; network?: string }
        Returns: boolean
      }
      transfer_stock: {
        Args: {
          document?: string
          from_location_id: string
          idempotency_key: string
          lines: Json
          note?: string
          to_location_id: string
        }
        Returns: {
          available: number
          committed: number
          held: number
          ledger_position: number
          location_id: string
          on_hand: number
          safety: number
          updated_at: string
          variant_id: string
          version: number
        }[]
        SetofOptions: {
          from: "*"
          to: "stock_levels"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      unblock_caller: {
        Args: { idempotency_key: string; subject: string }
        Returns: Json
      }
      undo_stock_change: {
        Args: { change: string; idempotency_key: string }
        Returns: {
          available: number
          committed: number
          held: number
          ledger_position: number
          location_id: string
          on_hand: number
          safety: number
          updated_at: string
          variant_id: string
          version: number
        }[]
        SetofOptions: {
          from: "*"
          to: "stock_levels"
          isOneToOne: false
          isSetofReturn: true
        }
      }
      unresolved_payments: {
        Args: Record<PropertyKey, never>
        Returns: {
          amount_minor: number
          number: number
          order_id: string
          payment_id: string
          problem: string
          since: string
        }[]
      }
      verify_inventory: {
        Args: Record<PropertyKey, never>
        Returns: {
          actual: Json
          aggregate: string
          expected: Json
          location_id: string
          variant_id: string
        }[]
      }
    }
    Enums: {
      alert_kind:
        | "unusual_pace"
        | "no_document"
        | "hoarding"
        | "drift"
        | "late_delivery"
      consent_source: "customer" | "staff"
      conversation_about: "shop" | "product" | "cart" | "order"
      conversation_status: "open" | "pending" | "resolved"
      count_status: "open" | "approved" | "reversed" | "abandoned"
      delivery_difference: "not_sent" | "lost" | "damaged" | "extra" | "swapped"
      delivery_method: "collection" | "delivery"
      delivery_status: "expected" | "closed"
      import_answer: "keep" | "repair" | "drop"
      import_choice: "add" | "set" | "skip"
      import_kind: "products" | "inventory"
      mail_kind:
        | "order_placed"
        | "order_ready"
        | "order_sent"
        | "order_reduced"
        | "order_cancelled"
        | "order_refunded"
        | "payment_declined"
        | "payment_reminder"
        | "confirm_address"
        | "reset_password"
        | "change_address"
        | "staff_invitation"
        | "waitlist_confirm"
        | "waitlist_offer"
        | "withdrawal_received"
        | "shop_answered"
      mail_status: "waiting" | "sent" | "failed"
      message_kind: "shopper" | "staff" | "note"
      movement_reason:
        | "receive"
        | "recount"
        | "damage"
        | "return"
        | "correction"
        | "transfer"
        | "import"
        | "sale"
      movement_source:
        | "adjustment"
        | "order"
        | "import"
        | "count"
        | "delivery"
        | "transfer"
      order_status: "awaiting_payment" | "placed" | "fulfilled" | "cancelled"
      payment_provider: "on_collection" | "sandbox" | "stripe"
      payment_status:
        | "due"
        | "pending"
        | "declined"
        | "captured"
        | "void"
        | "authorised"
      product_status: "draft" | "active" | "archived"
      return_outcome: "restock" | "damaged" | "inspect"
      shelf_band: "in" | "low" | "out" | "unlisted"
      staff_role: "viewer" | "stock" | "manager"
      waitlist_status:
        | "unconfirmed"
        | "waiting"
        | "offered"
        | "accepted"
        | "lapsed"
    }
    CompositeTypes: {
      [_ in never]: never
    }
  }
}

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] &
        DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] &
        DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R
      }
      ? R
      : never
    : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I
      }
      ? I
      : never
    : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U
      }
      ? U
      : never
    : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
    : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends {
  schema: keyof DatabaseWithoutInternals
}
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
    : never

export const Constants = {
  public: {
    Enums: {
      alert_kind: [
        "unusual_pace",
        "no_document",
        "hoarding",
        "drift",
        "late_delivery",
      ],
      consent_source: ["customer", "staff"],
      conversation_about: ["shop", "product", "cart", "order"],
      conversation_status: ["open", "pending", "resolved"],
      count_status: ["open", "approved", "reversed", "abandoned"],
      delivery_difference: ["not_sent", "lost", "damaged", "extra", "swapped"],
      delivery_method: ["collection", "delivery"],
      delivery_status: ["expected", "closed"],
      import_answer: ["keep", "repair", "drop"],
      import_choice: ["add", "set", "skip"],
      import_kind: ["products", "inventory"],
      mail_kind: [
        "order_placed",
        "order_ready",
        "order_sent",
        "order_reduced",
        "order_cancelled",
        "order_refunded",
        "payment_declined",
        "payment_reminder",
        "confirm_address",
        "reset_password",
        "change_address",
        "staff_invitation",
        "waitlist_confirm",
        "waitlist_offer",
        "withdrawal_received",
        "shop_answered",
      ],
      mail_status: ["waiting", "sent", "failed"],
      message_kind: ["shopper", "staff", "note"],
      movement_reason: [
        "receive",
        "recount",
        "damage",
        "return",
        "correction",
        "transfer",
        "import",
        "sale",
      ],
      movement_source: [
        "adjustment",
        "order",
        "import",
        "count",
        "delivery",
        "transfer",
      ],
      order_status: ["awaiting_payment", "placed", "fulfilled", "cancelled"],
      payment_provider: ["on_collection", "sandbox", "stripe"],
      payment_status: [
        "due",
        "pending",
        "declined",
        "captured",
        "void",
        "authorised",
      ],
      product_status: ["draft", "active", "archived"],
      return_outcome: ["restock", "damaged", "inspect"],
      shelf_band: ["in", "low", "out", "unlisted"],
      staff_role: ["viewer", "stock", "manager"],
      waitlist_status: [
        "unconfirmed",
        "waiting",
        "offered",
        "accepted",
        "lapsed",
      ],
    },
  },
} as const
